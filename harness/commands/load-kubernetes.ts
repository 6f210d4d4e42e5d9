import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { availableSirets } from '../../fixtures/siret.ts';
import type { WireMap } from '../../fixtures/wire-map.ts';
import { campaignName, campaignsFolder, makeFolder } from '../campaign/folder.ts';
import { GuichetError } from '../errors.ts';
import { openLedger } from '../ledger/ledger.ts';
import { ledgerName, openSirets } from '../ledger/records.ts';
import { personasOf } from '../load/generator.ts';
import { handOver } from '../load/hand-over.ts';
import { assertMayLoad } from '../load/interlock.ts';
import { archiveName, configMapBytes, manifestsOf, secretOf } from '../load/manifests.ts';
import { type Sizing, submissionOf } from '../load/plan.ts';
import { podVariables } from '../load/pod-variables.ts';
import { keepRealOrder } from '../load/real-order.ts';
import {
  nameOfWorkload,
  planReal,
  type RealWorkload,
  realStages,
  withSirets,
  withSpare,
} from '../load/real-plan.ts';
import type { Share } from '../load/share.ts';
import { readWireMap } from '../load/wire-map.ts';
import { permitVariable } from '../target/origin.ts';
import { readProfile } from '../target/profile.ts';
import { openRequests } from '../target/request.ts';
import { findK6 } from '../toolchain/k6.ts';
import { archiveK6 } from '../toolchain/k6-archive.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

type Asked = {
  /** Where the manifests go. */
  folder: string;
  /** The target profile. */
  file: string;
  workload: RealWorkload;
  sizing: Omit<Sizing, 'mailDomain'>;
  share: Share;
  /** Of the breach rate, from 0 to 1. */
  limit: number;
  signal: AbortSignal;
  /** Takes a line, in French. */
  print: (line: string) => void;
  environment?: NodeJS.ProcessEnv;
  /** What a browser reads of the form, when absent. */
  wire?: WireMap;
  /** Where the folder of the campaign goes; `reports/out` when absent. */
  out?: string;
};

/**
 * Writes a run of a workload, in real time, as manifests of the k6-operator into a folder, and its plan into the ledger of
 * a new campaign; sends nothing but what the interlock and the wire map ask. The archive holds the plan, which has invented
 * people's secret answers: the folder is its owner's alone. Answers the campaign's id. Throws what the interlock throws, and
 * `GUICHET_USAGE` for a k6 server, which the operator brings.
 */
export async function writeKubernetes(asked: Asked): Promise<string> {
  const { folder, file, share, signal, print, environment = process.env } = asked;
  const server = share.args.find((arg) => arg === '--address' || arg === '-a');
  if (server)
    throw new GuichetError(
      'GUICHET_USAGE',
      `${server} with --kubernetes.`,
      'Leave it out: the operator gives it.',
    );
  const profile = readProfile(file);
  const { origin } = new URL(profile.baseUrl);
  const tag = Date.now().toString(36).slice(-6);
  const isSmoke = 'smoke' in asked.workload;
  const name = `guichet-${nameOfWorkload(asked.workload)}-${tag}`.slice(0, 50);
  const sizing = { ...asked.sizing, mailDomain: profile.mailDomain };
  const plan = planReal({ workload: asked.workload, sizing, tag });
  const { visits, factor } = plan;
  const stages = realStages(plan);

  await using defer = new AsyncDisposableStack();
  const requests = await openRequests(profile, environment);
  defer.defer(() => requests.close());
  await assertMayLoad(profile, requests, stages, visits.length);
  const k6 = await findK6({ log: print, signal });
  const campaign = campaignName('load', new Date().toISOString());
  const place = join(asked.out ?? campaignsFolder, campaign);
  makeFolder(place);
  const sirets = openSirets(profile, availableSirets(profile.sirets), { file, folder: place });
  defer.defer(() => sirets?.close());
  // Where this does not come to its end.
  defer.defer(() => sirets?.release({ campaign }));
  const own = withSirets(visits, sirets, campaign);
  const [first] = own;
  if (!first) throw new GuichetError('GUICHET_USAGE', 'No visit is planned.', 'Ask for more.');
  const wire =
    asked.wire ?? (await readWireMap({ profile, environment, demande: first.demande, sends: false, signal }));

  const scratch = mkdtempSync(join(tmpdir(), 'guichet-archive-'));
  defer.defer(() => rmSync(scratch, { recursive: true, force: true }));
  const run = { wire, stages: withSpare(stages), atOnce: isSmoke ? 20 : 100, mailDomain: profile.mailDomain };
  const permit = environment[permitVariable];
  // In the manifest too, in plain sight: what a pod has in its environment goes before what its archive holds.
  const where = { BASE_URL: profile.baseUrl, ...(permit ? { [permitVariable]: permit } : {}) };
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const archive = join(folder, archiveName);
  await archiveK6({
    ...{ k6: k6.path, to: archive, signal, script: join(root, 'load', 'journey.ts') },
    env: {
      ...handOver(scratch, run, personasOf(wire, own)),
      ...{ OUTCOMES: '1', ...where },
      ...share.parts[0]?.env,
    },
  });
  chmodSync(archive, 0o600);
  const bytes = readFileSync(archive);
  const variables = podVariables(profile, environment, share.env);
  const manifests = manifestsOf({
    ...{ name, origin, campaign, parallelism: share.parts.length, archive: bytes },
    ...{ k6Version: k6.version, args: share.args, ...variables },
    env: { ...where, ...variables.env },
  });
  for (const [manifest, text] of Object.entries(manifests))
    writeFileSync(join(folder, manifest), text, { mode: 0o600 });

  const written = Date.now();
  if (profile.clock.kind === 'real')
    keepRealOrder(place, {
      ...{ clock: 'real', startedAt: new Date(written).toISOString(), target: resolve(file) },
      ...(permit ? { iMay: permit } : {}),
      ...{ workload: asked.workload, sizing, tag, limit: asked.limit, pods: true },
    });
  const ledger = openLedger(join(place, ledgerName));
  defer.defer(() => ledger.close());
  const from = own[0]?.minute ?? 0;
  // For good: whether a pod sends one is known only from its log.
  for (const { demande } of own) sirets?.use(demande.siret);
  ledger.plan(own.map((visit) => submissionOf(visit, new Date(written + (visit.minute - from) * 60_000))));
  const at = relative(process.cwd(), folder) || '.';
  print(
    `Plan : ${own.length} visites vers ${origin}, ${share.parts.length} pods, archive ${bytes.byteLength} octets`,
  );
  if (factor > 1) print(`Demande divisée par ${factor.toFixed(1).replace('.', ',')} (--demandes)`);
  print(`Campagne : ${campaign}`);
  const isFollowed = profile.clock.kind === 'real';
  const inMap = bytes.byteLength <= configMapBytes;
  for (const line of stepsOf({ at, name, campaign, ...variables, inMap, isFollowed })) print(line);
  return campaign;
}

type Steps = {
  at: string;
  name: string;
  campaign: string;
  secrets: readonly string[];
  ca: boolean;
  inMap: boolean;
  isFollowed: boolean;
};

/** What ops type, in order. */
function stepsOf({ at, name, campaign, secrets, ca, inMap, isFollowed }: Steps): string[] {
  const literals = secrets.map((key) => `--from-literal=${key}="$${key}"`);
  const given = [...literals, ...(ca ? ['--from-file=ca.pem=FICHIER'] : [])];
  return [
    ...(given.length > 0 ? [`kubectl create secret generic ${secretOf(name)} ${given.join(' ')}`] : []),
    inMap
      ? `kubectl create -f ${join(at, 'archive.yaml')}`
      : `kubectl create -f ${join(at, 'volume.yaml')}  # puis y copier ${basename(archiveName)} (docs/kubernetes.md)`,
    `kubectl create -f ${join(at, 'testrun.yaml')}`,
    `kubectl logs -l k6_cr=${name},runner=true --tail=-1 --max-log-requests=100 > pods.log`,
    `npx guichet ledger import ${campaign} pods.log`,
    ...(isFollowed ? [`npx guichet follow ${campaign}`] : []),
  ];
}
