import type { Campaign } from '../campaign/campaign.ts';
import type { Order } from '../campaign/order.ts';
import { readSpecs, select } from '../campaign/selection.ts';
import { GuichetError } from '../errors.ts';
import { readWaivers, type Waiver } from '../judge/waivers.ts';
import type { TargetProfile } from '../target/profile.ts';

/** The waivers that an order names, for its target and its day. Throws `GUICHET_WAIVER_INVALID`. */
export function waiversOf({ waivers, today }: Order, { name: target }: TargetProfile): Waiver[] {
  return waivers ? readWaivers(waivers, { target, today }) : [];
}

/** What a campaign whose order was kept is judged by, once more. Throws `GUICHET_USAGE` for a word that is gone since. */
export function judgedBy(
  root: string,
  order: Order,
  profile: TargetProfile,
): Pick<Campaign, 'selection' | 'waivers'> {
  const unknown = (word: string) =>
    new GuichetError('GUICHET_USAGE', `"${word}" is neither a requirement nor a scenario.`);
  return { selection: select(order.words, readSpecs(root), unknown), waivers: waiversOf(order, profile) };
}
