import type { Regression, Results } from './results.ts';
import { counted, duration, outcomes } from './wording.ts';

type Since = NonNullable<Results['since']>;

/** A group of changes: how many, in French, and the requirements or scenarios that they are about. */
export type ChangeGroup = { kind: keyof Regression; title: string; ids: string[]; lines: string[] };

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
    ids: regression[kind].map(({ id }) => id),
    lines: regression[kind].map(
      ({ id, level, before, after }) =>
        `${id} (${level}) : ${outcomes[before][0]}, puis ${outcomes[after][0]}`,
    ),
  }));
  const slower = {
    kind: 'slower' as const,
    title: counted(regression.slower.length, titles.slower),
    ids: [],
    lines: regression.slower.map(
      ({ scenario, before, after }) => `${scenario} : ${duration(before)} puis ${duration(after)}`,
    ),
  };
  return [...changed, slower].filter(({ lines }) => lines.length > 0);
}

/** `depuis la campagne du 24 novembre 2026`. */
export function sinceWhen({ startedAt }: Since): string {
  const day = new Intl.DateTimeFormat('fr-FR', { dateStyle: 'long', timeZone: 'Europe/Paris' });
  return `depuis la campagne du ${day.format(new Date(startedAt))}`;
}
