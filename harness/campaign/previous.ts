import { readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { regressionOf } from '../../reports/regression.ts';
import { type Results, results as schema } from '../../reports/results.ts';

/** How many folders are looked into, latest first: what is older says nothing about today. */
const mostLookedAt = 100;

/**
 * What changed since the last campaign before this one, whole, on the same target, of the same selection, and without
 * a fault that this one has not. Undefined when there is none beside its folder.
 */
export function sinceLast(folder: string, now: Results): Results['since'] {
  const out = dirname(folder);
  const earlier = readdirSync(out)
    .filter((name) => /^\d{4}-\d\d-\d\dT[\d-]+-check-\d+$/.test(name) && name < basename(folder))
    .sort()
    .slice(-mostLookedAt)
    .reverse();
  for (const name of earlier) {
    const before = read(join(out, name));
    if (!before || !isComparable(before, now)) continue;
    const { id, startedAt } = before.campaign;
    return { campaign: id, startedAt, ...regressionOf(before, now) };
  }
  return undefined;
}

function isComparable(before: Results, now: Results): boolean {
  const { fault } = before.target;
  return (
    before.target.name === now.target.name &&
    (fault === undefined || fault === now.target.fault) &&
    !before.campaign.interrupted &&
    before.campaign.startedAt < now.campaign.startedAt &&
    String([...before.campaign.selection].sort()) === String([...now.campaign.selection].sort())
  );
}

/** Undefined for a campaign that has no results yet, or is of another version. */
function read(folder: string): Results | undefined {
  try {
    return schema.parse(JSON.parse(readFileSync(join(folder, 'results.json'), 'utf8')));
  } catch {
    return undefined;
  }
}
