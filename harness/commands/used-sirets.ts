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
  giveBack(results: Results): Promise<void>;
};

/** Of the target whose profile stands in `file`; the embedded extranet has none. */
export function usedSirets(profile: TargetProfile, file: string | undefined): UsedSirets {
  const open = () => (file ? openSirets(profile, availableSirets(profile.sirets), { file }) : undefined);

  async function forget(sirets: readonly string[]): Promise<void> {
    const target = await openTarget(profile, process.env);
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
    giveBack: async ({ campaign, scenarios }) => {
      const store = open();
      if (!store) return;
      try {
        store.release({ campaign: campaign.id });
        const isOver = !campaign.interrupted && scenarios.every(({ status }) => status !== 'pending');
        if (!isOver || !profile.reset) return;
        const sirets = store.used(campaign.id);
        await forget(sirets);
        store.forget(sirets);
      } finally {
        store.close();
      }
    },
  };
}
