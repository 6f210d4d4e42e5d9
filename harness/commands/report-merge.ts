import { fileURLToPath } from 'node:url';
import { concludeCampaign, startCampaign } from '../campaign/campaign.ts';
import { joinParts, readParts } from '../campaign/shards.ts';
import { embeddedProfile } from '../target/embedded.ts';
import { readProfile } from '../target/profile.ts';
import { judgedBy } from './kept-order.ts';
import { printResults } from './print-results.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

/**
 * `guichet report merge`: makes one campaign of the parts of `check --shard I/N`, each given by its folder,
 * and answers the exit code of its verdict. Throws `GUICHET_USAGE` when they are no whole.
 */
export async function mergeReports(folders: readonly string[]): Promise<number> {
  const parts = readParts(folders);
  const { shard: _, ...order } = parts[0].order;
  const profile = order.target ? readProfile(order.target) : embeddedProfile({ skin: order.skin });
  const campaign = startCampaign({ root, order, ...judgedBy(root, order, profile), profile });
  joinParts(parts, campaign.folder);
  return printResults(await concludeCampaign(campaign, { failure: undefined, secrets: [] }), campaign.folder);
}
