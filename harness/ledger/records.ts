import { basename, dirname, join } from 'node:path';
import { planVariable } from '../campaign/plan.ts';
import type { TargetProfile } from '../target/profile.ts';
import { type Ledger, openLedger } from './ledger.ts';
import { openSiretStore, type SiretStore } from './siret-store.ts';

/** What is written down before a scenario acts: the campaign's ledger, and the SIRETs of a target that has but some. */
export type Records = {
  ledger: Ledger;
  /** Absent where SIRETs are invented. */
  sirets: SiretStore | undefined;
  /** The campaign's name. */
  campaign: string;
  /** Whether this is `guichet follow`: what was sent is judged, nothing is sent. */
  follows: boolean;
  close(): void;
};

/** The environment variable that tells the scenarios to judge what a campaign has sent, and to send nothing. */
export const followVariable = 'GUICHET_FOLLOW';

/** The ledger of a campaign in its folder. */
export const ledgerName = 'ledger.sqlite';

/**
 * Opens them for a worker, whose `environment` names the campaign's folder (GUICHET_CAMPAIGN) and the profile's file
 * (GUICHET_TARGET). Outside a campaign, and under a plan, the ledger is forgotten with the worker.
 */
export function openRecords(
  profile: TargetProfile,
  available: readonly string[],
  environment: NodeJS.ProcessEnv,
): Records {
  const folder = planVariable in environment ? undefined : environment.GUICHET_CAMPAIGN;
  const ledger = openLedger(folder ? join(folder, ledgerName) : ':memory:');
  const sirets = openSirets(profile, available, { file: environment.GUICHET_TARGET ?? '', folder });
  return {
    ...{ ledger, sirets },
    campaign: folder ? basename(folder) : `worker-${process.pid}`,
    follows: followVariable in environment,
    close: () => {
      ledger.close();
      sirets?.close();
    },
  };
}

/**
 * The store of the `available` SIRETs of a profile, whose file is `file`: beside the profile where a SIRET serves once, else in the campaign's folder; none
 * where they are invented.
 */
export function openSirets(
  { sirets }: TargetProfile,
  available: readonly string[],
  { file, folder }: { file: string; folder?: string | undefined },
): SiretStore | undefined {
  if (sirets.kind === 'generated') return undefined;
  const beside = join(dirname(file), `${basename(file, '.json')}.sirets.sqlite`);
  const own = folder ? join(folder, 'sirets.sqlite') : ':memory:';
  return openSiretStore(sirets.once ? beside : own, available);
}
