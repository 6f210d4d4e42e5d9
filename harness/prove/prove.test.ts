import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, test } from 'vitest';
import { faultsReport } from '../../reports/faults.ts';
import { appendRun, readRuns } from './journal.ts';
import { keepOrder, type Part } from './order.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const scratch = mkdtempSync(join(tmpdir(), 'guichet-prove-'));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

const refusals = 'siret.spec.ts: Sans CGU, sans code ou sans SIRET, le formulaire reste fermé';
const support = 'support.spec.ts: L’assistance indique son adresse, ses numéros et leurs prix';

const mails =
  'mails.spec.ts: Une demande complète donne trois mails en 48 h, dont les identifiants ouvrent l’espace personnel';

/** A proof of one fault that was killed once its one scenario had been sounded out. */
function killed(
  scenario: string,
  {
    dead = [],
    part = 'matrix',
    fault = 'cgu-not-enforced',
    checked = ['SIRET-23'],
  }: { dead?: string[]; part?: Part; fault?: string; checked?: string[] } = {},
): string {
  const folder = mkdtempSync(join(scratch, 'x-prove-'));
  const rules = ['siret.rules.termsAccepted'];
  appendRun(folder, {
    key: scenario,
    scenario,
    red: [],
    cantTell: [],
    checked,
    durationMs: 1,
    rules,
  });
  keepOrder(folder, {
    order: { seed: 7, parts: [part], only: [fault], requirements: [], everyReader: false },
    state: { startedAt: new Date().toISOString(), dead, sounded: true, seconds: { sound: 1 } },
  });
  return folder;
}

async function resume(folder: string) {
  const child = spawn(process.execPath, ['harness/cli.ts', 'prove', '--resume', folder], { cwd: root });
  let out = '';
  child.stdout.on('data', (chunk) => {
    out += chunk;
  });
  const status = await new Promise((resolve) => child.once('close', resolve));
  const report = faultsReport.parse(JSON.parse(readFileSync(join(folder, 'faults.json'), 'utf8')));
  return { status, out, report, page: readFileSync(join(folder, 'report.html'), 'utf8') };
}

test('a resumed proof plays what is missing, catches the fault, and never plays a run twice', {
  timeout: 60_000,
}, async () => {
  const folder = killed(refusals);
  const { status, report, page } = await resume(folder);
  expect(status).toBe(0);
  expect(report.faults).toMatchObject([{ name: 'cgu-not-enforced', caught: true, scenarios: [refusals] }]);
  expect(report.faults[0]?.red).toContain('SIRET-23');
  expect(page).toContain('cgu-not-enforced');
  expect(readRuns(folder)).toHaveLength(2);
  expect((await resume(folder)).status).toBe(0);
  expect(readRuns(folder)).toHaveLength(2);
});

test('a fault that no scenario notices is a survivor', { timeout: 60_000 }, async () => {
  const { status, out, report } = await resume(killed(support));
  expect(status).toBe(1);
  expect(report.verdict.reasons.join()).toContain('défaut non vu : cgu-not-enforced');
  expect(out).toContain('La suite n’est pas prouvée');
});

test('a fault without effect is the harness’s', { timeout: 60_000 }, async () => {
  const { status, report } = await resume(killed(refusals, { dead: ['cgu-not-enforced'] }));
  expect(status).toBe(3);
  expect(report.faults).toMatchObject([{ dead: true, caught: false, scenarios: [] }]);
});

test('a fault of the network is met where mails are judged, and blamed on none', {
  timeout: 60_000,
}, async () => {
  const folder = killed(mails, { part: 'network', fault: 'smtp-duplicates', checked: ['MAIL-02'] });
  const { status, report, page } = await resume(folder);
  expect(status).toBe(0);
  expect(report.network).toMatchObject([{ name: 'smtp-duplicates', outcome: 'inconclusive', red: [] }]);
  expect(report.network[0]?.said.join()).toMatch(/^environnement en cause.*GUICHET_MAIL_PATH/);
  expect(page).toContain('le relais de courrier remet chaque mail deux ou trois fois');
  expect(readRuns(folder)).toHaveLength(2);
});
