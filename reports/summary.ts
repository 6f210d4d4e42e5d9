import type { Check, Counts, RequirementResult, Results } from './results.ts';
import { oneLine } from './visible-text.ts';
import { counted, type Level, outcomes, type Surface, surfaces, verdicts } from './wording.ts';

const levelsInOrder: readonly Level[] = ['MUST', 'SHOULD', 'INFO'];

/** How many the level's denominator holds: what is inapplicable leaves it. */
export function applicable(counts: Counts): number {
  return counts.passed + counts.failed + counts.cantTell + counts.untested;
}

/** `121 passed, 2 failed, 0 untested of 123 MUST`, one line per level that the scope holds. */
export function denominators(results: Results): string[] {
  return levelsInOrder
    .filter((level) => level === 'MUST' || Object.values(results.verdict.counts[level]).some((n) => n > 0))
    .map((level) => {
      const counts = results.verdict.counts[level];
      const doubt = counts.cantTell > 0 ? `, ${counts.cantTell} cantTell` : '';
      const aside = counts.inapplicable > 0 ? ` (${counts.inapplicable} inapplicable)` : '';
      return `${counts.passed} passed, ${counts.failed} failed${doubt}, ${counts.untested} untested of ${applicable(counts)} ${level}${aside}`;
    });
}

/** `98 exigences jugées sur 192 du catalogue`; a narrower selection is named before. */
export function scopeLine(results: Results): string {
  const { selection } = results.campaign;
  const judged = results.requirements.filter(
    (r) => r.inScope && (r.outcome === 'passed' || r.outcome === 'failed'),
  );
  const narrowed = selection.length > 0 ? `sélection ${selection.map(oneLine).join(', ')} : ` : '';
  const count = counted(judged.length, ['exigence jugée', 'exigences jugées']);
  return `${narrowed}${count} sur ${results.catalogue.total} du catalogue`;
}

/** The verdict, naming its scope: it says nothing about the rest of the catalogue. */
export function verdictLine(results: Results): string {
  return `${verdicts[results.verdict.outcome].toUpperCase()} — ${scopeLine(results)}`;
}

/** The steps that hold requirements, in the order of the procedure, each with its own in theirs. */
export function bySurface(
  results: Results,
): { surface: Surface; title: string; requirements: RequirementResult[] }[] {
  return (Object.keys(surfaces) as Surface[])
    .map((surface) => ({
      surface,
      title: surfaces[surface],
      requirements: results.requirements.filter((requirement) => requirement.surface === surface),
    }))
    .filter((group) => group.requirements.length > 0);
}

/** `16 satisfaites sur 17, 12 hors périmètre`: a step in words. */
export function progress(requirements: readonly RequirementResult[]): string {
  const of = (test: (each: RequirementResult) => boolean) => requirements.filter(test).length;
  const passed = of(({ inScope, outcome }) => inScope && outcome === 'passed');
  const judgeable = of(({ inScope, outcome }) => inScope && outcome !== 'inapplicable');
  const outside = of(({ inScope }) => !inScope);
  const scoped = judgeable === 0 ? [] : [`${counted(passed, outcomes.passed)} sur ${judgeable}`];
  return [...scoped, ...(outside === 0 ? [] : [`${outside} hors périmètre`])].join(', ');
}

/** What somebody must look at. INFO is recorded, never held against the target. */
export function needsAttention(requirement: RequirementResult): boolean {
  return (
    requirement.level !== 'INFO' && (requirement.outcome === 'failed' || requirement.outcome === 'cantTell')
  );
}

/** What the scope promised to judge and no scenario did. */
export function leftUntested(requirement: RequirementResult): boolean {
  return requirement.inScope && requirement.outcome === 'untested';
}

/** The procedure is Markdown; emphasis and empty links are not its words. */
function unmarked(quote: string): string {
  return quote
    .replace(/\*\*(.+?)\*\*/g, '$1')
    .replace(/\[([^\]]+)\]\(#\)/g, '$1')
    .replace(/<(https?:[^>]+)>/g, '$1');
}

/** The text that a requirement is about: the procedure's own words, or the norm. */
export function wordsOf(requirement: RequirementResult): string {
  return requirement.quote === undefined
    ? oneLine(requirement.reference ?? requirement.check)
    : `« ${oneLine(unmarked(requirement.quote))} »`;
}

export type Finding = Omit<Check, 'scenario'> & { scenarios: string[] };

/** Checks that say the same thing, said once; those that explain the outcome come first. */
export function findings(requirement: RequirementResult): Finding[] {
  const found = new Map<string, Finding>();
  for (const { scenario, outcome, expected, observed, evidence } of requirement.checks) {
    const key = JSON.stringify([outcome, expected, observed]);
    const same = found.get(key) ?? { outcome, expected, observed, scenarios: [], evidence: [] };
    same.scenarios = [...new Set([...same.scenarios, scenario])];
    same.evidence = [...new Set([...same.evidence, ...evidence])];
    found.set(key, same);
  }
  const explains = (finding: Finding) => (finding.outcome === requirement.outcome ? 0 : 1);
  return [...found.values()].sort((a, b) => explains(a) - explains(b));
}

/** The command that makes this campaign again, or only one of its requirements. */
export function replayCommand(results: Results, id?: string): string {
  const selection = id === undefined ? results.campaign.selection : [id];
  const quoted = [...selection, ...results.campaign.flags].map((word) =>
    /^[\w.:/-]+$/.test(word) ? word : `'${oneLine(word).replaceAll("'", "'\\''")}'`,
  );
  return ['npx guichet check', ...quoted, '--seed', results.campaign.seed].join(' ');
}
