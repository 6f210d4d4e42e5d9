import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test, vi } from 'vitest';
import { parseArguments } from './command.ts';
import { load } from './load.ts';

const run = async (...args: string[]) =>
  await load.run(parseArguments(args, load), new AbortController().signal);
afterEach(() => vi.restoreAllMocks());

test('--dry-run prints rates, totals, mails, SIRETs, compression, duration and sources, and sends nothing', async () => {
  const said: string[] = [];
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => said.push(String(text)) > 0);
  expect(await run('covid-week', '--dry-run', '--seed', '5')).toBe(0);
  const page = said.join('');
  for (const line of [
    /63 573 visites et 44 501 demandes par jour, 7 629 visites\/h au plus fort \(2,12\/s\)/,
    /Compression {4}: 89 /,
    /\d passages?|Passages {7}: \d sans charge, \d sous charge ; δ = 2 h, τ = 48 h/,
    /60 sondes ; sous charge, 714 visites de plus, dont 500 demandes/,
    /En tout {8}: [\d ]+ visites, [\d ]+ demandes, [\d ]+ mails attendus, [\d ]+ SIRET utilisés/,
    /Durée {10}: \d+ min \d\d s environ/,
    /Dares, par AEF/,
    /agents : hypothèse/,
  ])
    expect(page).toMatch(line);
});

test.each<[string[], RegExp]>([
  [['covid-weak'], /Unknown workload "covid-weak"\. Did you mean "covid-week"\?/],
  [[], /No workload/],
  [['normal', 'campaign'], /One workload, not 2/],
  [['./nowhere.json'], /nowhere\.json cannot be read/],
  [['normal', '--coupling', 'milt'], /Unknown coupling "milt"\. Did you mean "mild"\?/],
  [['normal', '--delta', 'two'], /--delta is "two"/],
  [['normal', '--runs', '2'], /--runs is "2"\. Give a whole number from 3/],
  [['normal', '--probes', '5', '--dry-run'], /5 probes a run are too few/],
  [
    ['covid-week', '--agents', '20', '--dry-run'],
    /agents: 20 divided by the compression factor 89\.0 is less than one/,
  ],
  [['covid-week', '--demandes', '100000', '--rate', '1000', '--dry-run'], /GUICHET_CAP_EXCEEDED/],
  [['--resume', 'no-such-campaign'], /no-such-campaign is no campaign of "guichet load"/],
  [['normal', '--resume', 'x'], /--resume takes no workload/],
  [['--resume', 'x', '--dry-run'], /--resume takes no --dry-run: the campaign goes on as it was asked for/],
  [['--resume', 'x', '--target', 'y.json'], /--resume takes no --target/],
  [['smoke', '--target', 'y.json', '--demandes', '5'], /--demandes says nothing of "smoke"/],
  [['normal', '--target', 'y.json', '--submissions', '5'], /--submissions says nothing of "normal"/],
  [['normal', '--target', 'y.json', '--fault', 'x'], /--fault with --target/],
  [['smoke', '--target', 'y.json', '--kubernetes', 'd', '--dry-run'], /--kubernetes with --dry-run/],
])('%j is refused before anything is sent', async (args, said) => {
  await expect(run(...args)).rejects.toMatchObject({ exit: 2, message: expect.stringMatching(said) });
});

test('a workload file of one’s own is planned; one that is wrong names key, found, and what to write', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'guichet-own-'));
  const path = join(folder, 'own.json');
  const stages = [{ from: '09:00', to: '12:00', fromPerHour: 30, toPerHour: 60 }];
  writeFileSync(path, JSON.stringify({ name: 'own', stages, agents: 5 }));
  const said: string[] = [];
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => said.push(String(text)) > 0);
  expect(await run(path, '--dry-run')).toBe(0);
  expect(said.join('')).toContain('Charge « own »');
  writeFileSync(
    path,
    JSON.stringify({ name: 'own', stages: [{ ...stages[0], toPerHour: 'fast' }], agents: 5 }),
  );
  await expect(run(path, '--dry-run')).rejects.toThrow('stages.0.toPerHour: found "fast". Write a number');
  rmSync(folder, { recursive: true });
});
