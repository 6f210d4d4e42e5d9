import { availableSirets } from '../../fixtures/siret.ts';
import type { Results } from '../../reports/results.ts';
import { GuichetError } from '../errors.ts';
import { openSirets } from '../ledger/records.ts';
import type { TargetProfile } from '../target/profile.ts';
import { openTarget } from '../target/target.ts';

/** The SIRETs that campaigns have used up on a target, and the way to get them back. */
export type UsedSirets = {
  /** Makes the target forget all of them. Throws `GUICHET_USAGE` when the profile has no way to. */
  forgetAll(): Promise<void>;
  /** After a campaign: frees what it reserved, and, when it is over, makes the target forget what it used. */
  giveBack(campaign: { id: string; isOver: boolean }): Promise<void>;
};

/** Of the target whose profile stands in `file`; the embedded extranet has none. `environment` holds the token of its door. */
export function usedSirets(
  profile: TargetProfile,
  file: string | undefined,
  environment: NodeJS.ProcessEnv = process.env,
): UsedSirets {
  const open = () => (file ? openSirets(profile, availableSirets(profile.sirets), { file }) : undefined);

  async function forget(sirets: readonly string[]): Promise<void> {
    if (sirets.length === 0) return;
    const target = await openTarget(profile, environment);
    try {
      await target.forget(sirets);
    } finally {
      await target.close();
    }
  }

  return {
    forgetAll: async () => {
      const store = open();
      if (!store || !profile.reset)
        throw new GuichetError(
          'GUICHET_USAGE',
          '--reset needs a profile with listed SIRETs and the key reset.',
          'Leave it out, or add a door that makes the target forget SIRETs.',
        );
      try {
        const sirets = store.used();
        await forget(sirets);
        store.forget(sirets);
      } finally {
        store.close();
      }
    },
    giveBack: async ({ id, isOver }) => {
      const store = open();
      if (!store) return;
      try {
        store.release({ campaign: id });
        if (!isOver || !profile.reset) return;
        const sirets = store.used(id);
        await forget(sirets);
        store.forget(sirets);
      } finally {
        store.close();
      }
    },
  };
}

/** A check, and whether it has judged all that it sent. */
export function checkOf({ campaign, scenarios }: Pick<Results, 'campaign' | 'scenarios'>) {
  const isOver = !campaign.interrupted && scenarios.every(({ status }) => status !== 'pending');
  return { id: campaign.id, isOver };
}
