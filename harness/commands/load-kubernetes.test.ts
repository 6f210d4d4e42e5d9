import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as until } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { parse } from 'yaml';
import { embeddedWire } from '../../load/wire.ts';
import { openLedger } from '../ledger/ledger.ts';
import { ledgerName } from '../ledger/records.ts';
import { readRealOrder } from '../load/real-order.ts';
import type { RealWorkload } from '../load/real-plan.ts';
import { segmentsOf } from '../load/segments.ts';
import { shareOf } from '../load/share.ts';
import { workloads } from '../load/workloads.ts';
import { type Embedded, startEmbedded } from '../target/embedded.ts';
import { findK6 } from '../toolchain/k6.ts';
import { runK6 } from '../toolchain/k6-run.ts';
import { importLogs } from './ledger.ts';
import { writeKubernetes } from './load-kubernetes.ts';
import { followOnTarget, goOn } from './load-target.ts';

let place: string;
let embedded: Embedded;
let k6: string;
let said: string[] = [];
beforeAll(async () => {
  ({ path: k6 } = await findK6({ log: (line) => process.stdout.write(`${line}\n`) }));
  place = mkdtempSync(join(tmpdir(), 'guichet-pods-'));
  embedded = await startEmbedded();
  writeFileSync(join(place, 'target.json'), JSON.stringify(embedded.profile));
}, 600_000);
afterAll(async () => {
  await embedded?.close();
  rmSync(place, { recursive: true, force: true });
});

const write = (
  folder: string,
  passed: string[] = [],
  workload: RealWorkload = { smoke: 7, perMinute: 120 },
) =>
  writeKubernetes({
    ...{ folder: join(place, folder), file: join(place, 'target.json'), workload },
    sizing: { seed: 31, probesPerRun: 1, mostPerRun: 10 },
    limit: 0.5,
    share: shareOf({ segments: 3, passed }),
    ...{ signal: new AbortController().signal, environment: embedded.environment, wire: embeddedWire },
    print: (line) => said.push(line),
    // Two of one second would have one name.
    out: join(place, 'out', folder),
  });

/** What the operator does: one pod a segment, its environment from the manifest, secrets looked up. */
async function runPods(folder: string): Promise<string[]> {
  const { spec } = parse(readFileSync(join(folder, 'testrun.yaml'), 'utf8'));
  const secrets: Record<string, string> = { TEST_TOKEN: embedded.environment.GUICHET_TEST_TOKEN ?? '' };
  type Variable = { name: string; value?: string; valueFrom?: { secretKeyRef: { key: string } } };
  const env: Record<string, string> = Object.fromEntries(
    spec.runner.env.map(({ name, value, valueFrom }: Variable) => [
      name,
      value ?? secrets[valueFrom?.secretKeyRef.key ?? ''],
    ]),
  );
  // The archive as the ConfigMap has it.
  const held = parse(readFileSync(join(folder, 'archive.yaml'), 'utf8')).binaryData[
    spec.script.configMap.file
  ];
  const script = join(folder, 'mounted.tar');
  writeFileSync(script, Buffer.from(held, 'base64'));
  return Promise.all(
    segmentsOf(spec.parallelism).map(async (segment, pod) => {
      const lines: string[] = [];
      const { exitCode } = await runK6({
        ...{ k6, script, env, args: [...segment.args, ...spec.args] },
        onLine: (line) => lines.push(line),
      });
      expect(exitCode, lines.join('\n')).toBe(0);
      const log = join(folder, `pod-${pod}.log`);
      writeFileSync(log, lines.join('\n'));
      return log;
    }),
  );
}

it('what is written runs as pods would run it, and their logs make the ledger whole', async () => {
  const folder = join(place, 'manifests');
  const campaign = join(place, 'out', 'manifests', await write('manifests'));
  expect(said.join('\n')).toMatch(
    /kubectl create secret generic guichet-smoke-\w+-secrets --from-literal=TEST_TOKEN=/,
  );
  for (const file of ['archive.tar', 'archive.yaml', 'testrun.yaml'])
    expect(statSync(join(folder, file)).mode & 0o077, file).toBe(0);
  // No secret of the target lies in what goes to the cluster.
  const token = embedded.environment.GUICHET_TEST_TOKEN ?? 'none';
  for (const file of ['archive.tar', 'testrun.yaml'])
    expect(readFileSync(join(folder, file)).includes(token), file).toBe(false);

  const logs = await runPods(folder);
  said = [];
  expect(importLogs(campaign, logs.slice(0, 2), { print: (line) => said.push(line) })).toBe(3);
  expect(importLogs(campaign, logs, { print: (line) => said.push(line) })).toBe(0);
  expect(said.join('\n')).toContain('Registre : 7 prévues, 7 acceptées');
  const ledger = openLedger(join(campaign, ledgerName));
  const rows = ledger.rows();
  ledger.close();
  expect(new Set(rows.map(({ siret }) => siret)).size).toBe(7);
}, 60_000);

it('writes a loaded run of a workload, each visit in the ledger', async () => {
  const workload = workloads.find(({ name }) => name === 'normal');
  if (!workload) throw new Error('no workload');
  const campaign = join(place, 'out', 'normal', await write('normal', [], workload));
  const ledger = openLedger(join(campaign, ledgerName));
  const rows = ledger.rows();
  ledger.close();
  expect(rows.filter(({ id }) => /-r01-p\d+$/.test(id))).toHaveLength(1);
  expect(rows.length).toBeGreaterThan(10);
  expect(rows.some(({ expects }) => expects.length === 0)).toBe(true);
  expect(parse(readFileSync(join(place, 'normal', 'testrun.yaml'), 'utf8')).metadata.name).toMatch(
    /^guichet-normal-/,
  );
});

it('what pods have sent is judged as what was sent from here, by when they sent it', async () => {
  const own = await startEmbedded({ speed: 600, start: new Date('2026-03-02T08:30:00+01:00') });
  try {
    // 3.3 hours of the extranet's clock.
    const real = { clock: { kind: 'real', graceMinutes: 0.02 }, deadlineHours: 20 / 3600 };
    const sirets = { kind: 'range', from: '99000000200000', to: '99000000299999', once: true };
    writeFileSync(join(place, 'target.json'), JSON.stringify({ ...own.profile, ...real, sirets }));
    const kept = embedded;
    embedded = own;
    const campaign = join(place, 'out', 'real', await write('real'));
    expect(said.join('\n')).toContain('npx guichet follow ');
    const logs = await runPods(join(place, 'real'));
    embedded = kept;
    process.env.GUICHET_TEST_TOKEN = own.environment.GUICHET_TEST_TOKEN;
    const order = readRealOrder(campaign);
    if (!order) throw new Error('no order');
    await expect(goOn(campaign, order, {} as never)).rejects.toThrow(/is sent by pods/);
    importLogs(campaign, logs, { print: () => {} });
    const lines: string[] = [];
    const follow = () => followOnTarget(campaign, order, (line) => lines.push(line));
    expect(await follow()).toBe(3);
    const { verdictAt } = JSON.parse(readFileSync(join(campaign, 'load.json'), 'utf8'));
    await until(Math.max(0, Date.parse(verdictAt) - Date.now()) + 50);
    expect(await follow(), lines.join('\n')).toBe(0);
    expect(lines.join('\n')).toContain('21 à temps');
  } finally {
    delete process.env.GUICHET_TEST_TOKEN;
    await own.close();
    writeFileSync(join(place, 'target.json'), JSON.stringify(embedded.profile));
  }
}, 90_000);

it('refuses a k6 server of one’s own, and a target that may not be loaded', async () => {
  await expect(write('refused', ['--address', '127.0.0.1:6565'])).rejects.toThrow(
    /^GUICHET_USAGE: --address/,
  );
  const foreign = { ...embedded.profile, baseUrl: 'https://integration.example/aparts/' };
  writeFileSync(join(place, 'target.json'), JSON.stringify(foreign));
  await expect(write('refused')).rejects.toThrow(/^GUICHET_ORIGIN_REFUSED/);
  expect(existsSync(join(place, 'refused'))).toBe(false);
});
