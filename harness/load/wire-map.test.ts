// A browser walks the form of both looks of the extranet, and k6 sends what was read of it.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { demandeForLoad } from '../../fixtures/demande.ts';
import { type Mistake, personaOf, type WireMap } from '../../fixtures/wire-map.ts';
import { embeddedWire } from '../../load/wire.ts';
import { decode } from '../mail/message.ts';
import { startEmbedded } from '../target/embedded.ts';
import type { TargetProfile } from '../target/profile.ts';
import { openTarget } from '../target/target.ts';
import { findK6 } from '../toolchain/k6.ts';
import { runK6 } from '../toolchain/k6-run.ts';
import { handOver } from './hand-over.ts';
import { parseWireMap, readWireMap } from './wire-map.ts';

const folder = mkdtempSync(join(tmpdir(), 'guichet-wire-'));
const script = fileURLToPath(new URL('../../load/journey.ts', import.meta.url));
let k6 = '';
beforeAll(async () => {
  ({ path: k6 } = await findK6({ log: (line) => process.stdout.write(`${line}\n`) }));
}, 600_000);
afterAll(() => rmSync(folder, { recursive: true }));

const personAt = (index: number) => demandeForLoad({ seed: 5, index, mailDomain: 'guichet.test' });
const signal = new AbortController().signal;

/** Those who come: they go through, leave, mend their form, and one is refused. */
function cast(wire: WireMap) {
  const of = (index: number, more: object = {}) =>
    personaOf(wire, { id: `p${index}`, demande: { ...personAt(index), nom: 'Œuvrard-D’Été Ł' }, ...more });
  const mistakes: Mistake[] = [{ telephone: '' }, { confirmerCourriel: 'autre@guichet.test' }];
  return [
    of(1),
    of(2, { leaves: 'home' }),
    of(3, { leaves: 'siret' }),
    of(4, { leaves: 'form' }),
    of(5, { mistakes }),
    { ...of(1), id: 'again' },
    { ...of(6), id: 'wrong', forms: [of(6, { mistakes }).forms[0]] },
  ];
}

async function visit(wire: WireMap, profile: TargetProfile, token: string) {
  const log = join(folder, `${crypto.randomUUID()}.log`);
  const personas = cast(wire) as Parameters<typeof handOver>[2];
  const stages = [{ fromPerMinute: 300, toPerMinute: 300, seconds: 1.5 }];
  await runK6({
    ...{ k6, script, onLine: () => {} },
    args: [`--log-output=file=${log}`, '--log-format=raw'],
    env: {
      ...handOver(folder, { wire, stages, atOnce: 1, mailDomain: 'guichet.test' }, personas),
      ...{ BASE_URL: profile.baseUrl, TEST_TOKEN: token, OUTCOMES: '1' },
    },
  });
  const lines = readFileSync(log, 'utf8').split('\n');
  return lines
    .filter((line) => line.startsWith('{'))
    .map((line) => JSON.parse(line))
    .map(({ id, state, detail }) => `${id} ${state}: ${detail}`);
}

const expected = [
  'p1 accepted: ENVOYER',
  'p2 abandoned: home',
  'p3 abandoned: siret',
  'p4 abandoned: form',
  'p5 accepted: ENVOYER',
  'again refused: VALIDER',
  'wrong refused: ENVOYER',
];

it.each([
  { skin: undefined, sends: true },
  { skin: 'legacy', sends: true },
  { skin: 'legacy', sends: false },
])('reads %j, and k6 visits it as people do', { timeout: 120_000 }, async ({ skin, sends }) => {
  const { profile, environment, close } = await startEmbedded(skin ? { skin } : {});
  const target = await openTarget(profile, environment);
  try {
    const wire = await readWireMap({ profile, environment, demande: personAt(0), sends, signal });
    if (!skin) {
      const size = expect.any(Number);
      const { siret, form } = embeddedWire;
      expect(wire).toEqual({ ...embeddedWire, siret: { ...siret, size }, form: { ...form, size } });
    } else {
      expect(wire).toMatchObject({
        home: ['/aparts/', '/aparts/bandeau', '/aparts/accueil'],
        form: { charset: 'windows-1252', key: 'z04' },
      });
      expect(wire.form.entries.map(({ name }) => name)).toEqual(expect.arrayContaining(['x', 'y', 'z23']));
      expect('confirmation' in wire).toBe(sends);
    }
    expect(parseWireMap(JSON.parse(JSON.stringify(wire)))).toEqual(wire);
    expect(await visit(wire, profile, environment.GUICHET_TEST_TOKEN ?? '')).toEqual(expected);

    // What was walked and what was sent has arrived, letter by letter.
    await target.advanceTo(new Date((await target.now()).getTime() + 48 * 3_600_000));
    const mails = await target.mailbox.all();
    const senders = [...(sends ? [personAt(0)] : []), personAt(1), personAt(5)];
    expect(new Set(mails.flatMap(({ recipients }) => recipients))).toEqual(
      new Set(senders.map(({ courrielUtilisateur }) => courrielUtilisateur)),
    );
    const one = mails.find(({ recipients }) => recipients.includes(personAt(5).courrielUtilisateur));
    expect((await decode(one?.raw ?? Buffer.alloc(0))).text).toContain('Œuvrard-D’Été Ł');
  } finally {
    await target.close();
    await close();
  }
});

it('tells why a form cannot be walked', { timeout: 60_000 }, async () => {
  const { profile, environment, close } = await startEmbedded();
  try {
    const walk = (change: Partial<TargetProfile>) =>
      readWireMap({
        ...{ profile: { ...profile, ...change }, environment, demande: personAt(9), sends: false, signal },
      });
    await expect(walk({ captcha: { kind: 'manual', patienceMinutes: 1 } })).rejects.toThrow(
      /^GUICHET_PROFILE_INVALID: .*under load nobody can type/,
    );
    await expect(walk({ captcha: { kind: 'fixed', answer: 'NON' } })).rejects.toThrow(
      /VALIDER does not open the form/,
    );
  } finally {
    await close();
  }
});

it('refuses a map that was kept and is none', () => {
  const file = join(folder, 'wire.json');
  writeFileSync(file, JSON.stringify({ ...embeddedWire, home: ['//elsewhere.example'] }));
  expect(() => parseWireMap(JSON.parse(readFileSync(file, 'utf8')))).toThrow(
    /^GUICHET_HARNESS: The wire map is wrong at home\.0/,
  );
});
