import type { Regression, Results } from './results.ts';
import { counted, duration, outcomes, sayInstant } from './wording.ts';

type Since = NonNullable<Results['since']>;

/**
 * A group of changes: how many, in French, and what they are about: by name (requirements, or the scenarios that are most
 * slower), and each with its figures.
 */
export type ChangeGroup = { kind: keyof Regression; title: string; named: string[]; lines: string[] };

/** A busy machine makes all of them slower. */
const mostNamed = 3;

const titles = {
  red: ['devenue rouge', 'devenues rouges'],
  green: ['devenue verte', 'devenues vertes'],
  untested: ['plus jugée', 'plus jugées'],
  slower: ['scénario plus lent', 'scénarios plus lents'],
} as const;

/** What changed, most serious first; empty when nothing did. */
export function changeGroups(regression: Regression): ChangeGroup[] {
  const changed = (['red', 'untested', 'green'] as const).map((kind) => ({
    kind,
    title: counted(regression[kind].length, titles[kind]),
    named: regression[kind].map(({ id }) => id),
    lines: regression[kind].map(
      ({ id, level, before, after }) =>
        `${id} (${level}) : ${outcomes[before][0]}, puis ${outcomes[after][0]}`,
    ),
  }));
  const lines = regression.slower
    .toSorted((a, b) => b.after / b.before - a.after / a.before)
    .map(({ scenario, before, after }) => `${scenario} : ${duration(before)} puis ${duration(after)}`);
  const others = lines.length - mostNamed;
  const slower = {
    kind: 'slower' as const,
    title: counted(lines.length, titles.slower),
    named: [
      ...lines.slice(0, mostNamed),
      ...(others > 0 ? [`et ${counted(others, ['autre', 'autres'])}`] : []),
    ],
    lines,
  };
  return [...changed, slower].filter(({ lines }) => lines.length > 0);
}

/** `depuis la campagne du 24 novembre 2026 à 09:14 (heure de Paris)`. */
export function sinceWhen({ startedAt }: Since): string {
  return `depuis la campagne du ${sayInstant(startedAt)}`;
}
