import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeAll, beforeEach, expect, it, vi } from 'vitest';
import type { Behaviour } from '../../extranet/behaviour.ts';
import { demandeForLoad } from '../../fixtures/demande.ts';
import { readOutcomes } from '../judge/load-outcomes.ts';
import { openLedger } from '../ledger/ledger.ts';
import { shareOf } from '../load/share.ts';
import { findK6 } from '../toolchain/k6.ts';
import { runSmoke } from './load-smoke.ts';

vi.mock('../../extranet/faults/catalogue.ts', () => {
  const fault = (name: string, apply: (behaviour: Behaviour) => Behaviour) => ({ name, breaks: [], apply });
  const motDePasse = (behaviour: Behaviour, written: readonly 'motDePasse'[]): Behaviour => {
    const { backOffice } = behaviour;
    return {
      ...behaviour,
      backOffice: { ...backOffice, mails: { ...backOffice.mails, motDePasse: written } },
    };
  };
  return {
    faults: [
      fault('loses-password', (behaviour) => motDePasse(behaviour, [])),
      fault('doubles-password', (behaviour) => motDePasse(behaviour, ['motDePasse', 'motDePasse'])),
      fault('mails-establishment', (behaviour) => ({
        ...behaviour,
        mails: { ...behaviour.mails, recipients: ({ courriel }) => [courriel] },
      })),
      fault('refuses-all', (behaviour) => {
        const rules = { ...behaviour.siret.rules, checkDigits: () => 'non.' };
        return { ...behaviour, siret: { ...behaviour.siret, rules } };
      }),
    ],
  };
});

let out: string;
let lines: string[];
beforeAll(async () => {
  await findK6({ log: (line) => process.stdout.write(`${line}\n`) });
}, 600_000);
beforeEach(() => {
  out = mkdtempSync(join(tmpdir(), 'guichet-smoke-'));
  lines = [];
});
afterEach(() => rmSync(out, { recursive: true }));

const smoke = (fault?: string, signal = new AbortController().signal) =>
  runSmoke({
    seed: 21,
    submissions: 2,
    ...(fault ? { fault } : {}),
    signal,
    print: (line) => lines.push(line),
    out,
  });

it('accounts for each demande and its three mails, and keeps no secret answer', async () => {
  expect(await smoke()).toBe(0);
  expect(lines.join('\n')).toContain('2 prévues, 2 acceptées');
  const folder = join(out, readdirSync(out)[0] ?? '');
  const ledger = openLedger(join(folder, 'ledger.sqlite'));
  const rows = ledger.rows();
  ledger.close();
  expect(rows.map(({ state, mails }) => [state, mails.map(({ kind }) => kind)])).toEqual(
    Array(2).fill(['accepted', ['identifiant', 'mot-de-passe', 'habilitation']]),
  );
  const { reponse } = demandeForLoad({ seed: 21, index: 0, mailDomain: 'guichet.test' });
  for (const file of readdirSync(folder)) {
    expect(readFileSync(join(folder, file)).includes(Buffer.from(reponse)), file).toBe(false);
  }
});

it.each([
  ['loses-password', '2 perdus'],
  ['doubles-password', '2 en double'],
  ['mails-establishment', '6 mal adressés'],
])('is 1 when the extranet %s', async (fault, text) => {
  expect(await smoke(fault)).toBe(1);
  expect(lines.join('\n')).toContain(text);
});

it('is 3 when no demande is accepted: nothing is concluded about mails', async () => {
  expect(await smoke('refuses-all')).toBe(3);
  expect(lines.join('\n')).toMatch(
    /2 refusées[\s\S]*GUICHET_LOAD_INVALID: 2 of 2 demandes were not accepted/,
  );
});

it('is 3 when it is stopped, and keeps what was known', async () => {
  const abort = new AbortController();
  const run = smoke(undefined, abort.signal);
  abort.abort();
  expect(await run).toBe(3);
  expect(lines.join('\n')).toContain('GUICHET_LOAD_INVALID: Stopped');
  expect(readdirSync(join(out, readdirSync(out)[0] ?? ''))).toContain('ledger.sqlite');
});

it('accounts for each demande once when several k6 share the run', async () => {
  const run = (segments: number, folder: string) =>
    runSmoke({
      ...{ seed: 22, submissions: 11, share: shareOf({ segments }), out: join(out, folder) },
      signal: new AbortController().signal,
      print: (line) => lines.push(line),
    });
  const ledgerOf = (folder: string) => {
    const ledger = openLedger(join(out, folder, readdirSync(join(out, folder))[0] ?? '', 'ledger.sqlite'));
    const rows = ledger.rows().map(({ id, siret, courriel, state, detail, mails }) => ({
      ...{ id, siret, courriel, state, detail },
      mails: mails.map(({ kind }) => kind).sort(),
    }));
    ledger.close();
    return rows.sort((a, b) => Number(a.id) - Number(b.id));
  };
  expect(await run(1, 'one')).toBe(0);
  expect(await run(3, 'three')).toBe(0);
  expect(ledgerOf('three')).toEqual(ledgerOf('one'));
  const campaign = join(out, 'three', readdirSync(join(out, 'three'))[0] ?? '');
  const parts = [1, 2, 3].map((part) => readOutcomes(join(campaign, `k6-${part}.log`)).outcomes);
  // Each k6 had its share, and nobody was sent twice.
  expect(Math.min(...parts.map(({ length }) => length))).toBeGreaterThanOrEqual(3);
  const ids = parts.flat().map(({ id }) => id);
  expect(new Set(ids).size).toBe(11);
  expect(ids).toHaveLength(11);
  expect(lines.join('\n')).toMatch(/Durée d’une demande : médiane \d+ ms/);
}, 60_000);

it('passes outputs on to k6, and refuses what breaks the interlock before anything is sent', async () => {
  const json = join(out, 'k6.json');
  const run = (passed: string[]) =>
    runSmoke({
      ...{ seed: 23, submissions: 2, share: shareOf({ passed }), out: join(out, 'passed') },
      signal: new AbortController().signal,
      print: (line) => lines.push(line),
    });
  expect(() => run(['--no-thresholds'])).toThrow(/^GUICHET_USAGE: k6 is not given/);
  expect(await run(['--out', `json=${json}`, '--tag', 'campaign=c1'])).toBe(0);
  expect(readFileSync(json, 'utf8')).toContain('"campaign":"c1"');
});
