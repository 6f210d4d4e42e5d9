import type { RequirementResult, Results } from './results.ts';
import { changeGroups, sinceWhen } from './since.ts';
import {
  applicable,
  findings,
  leftUntested,
  needsAttention,
  replayCommand,
  scopeLine,
  wordsOf,
} from './summary.ts';
import { oneLine } from './visible-text.ts';
import { sayWaiver } from './waiver.ts';
import { counted, type Level, outcomes, verdicts } from './wording.ts';

/** A job summary and a comment have their limits: the rest is in the report. */
const mostShown = 30;
const longest = 400;

const signs = { conform: '✅', 'not-conform': '❌', inconclusive: '⚠️' } as const;

/** A text of the target as text: no markup, no picture, no link, nobody mentioned. */
function plain(text: string): string {
  const line = oneLine(text);
  const cut = line.length > longest ? `${line.slice(0, longest).toWellFormed()}…` : line;
  // What has a meaning only where a line begins stays: no text stands there. An address is no link without its colon.
  return cut.replace(/(?<!\w)@(?=\w)/g, '@\u200b').replace(/[\\`*_[\]|<>~&]|:(?=\/\/)/g, '\\$&');
}

function code(text: string): string {
  const line = oneLine(text);
  const fence = '`'.repeat(1 + Math.max(0, ...[...line.matchAll(/`+/g)].map(([run]) => run.length)));
  return fence.length === 1 ? `${fence}${line}${fence}` : `${fence} ${line} ${fence}`;
}

function denominators(results: Results): string[] {
  const { counts } = results.verdict;
  const rows = (['MUST', 'SHOULD', 'INFO'] as const satisfies readonly Level[])
    .filter((level) => level === 'MUST' || Object.values(counts[level]).some((n) => n > 0))
    .map((level) => {
      const { passed, failed, cantTell, untested, inapplicable } = counts[level];
      return `| ${[level, passed, failed, cantTell, untested, applicable(counts[level]), inapplicable].join(' | ')} |`;
    });
  return [
    '| niveau | satisfaites | non satisfaites | indécidables | non testées | sur | inapplicables |',
    '| --- | ---: | ---: | ---: | ---: | ---: | ---: |',
    ...rows,
  ];
}

function since(results: Results): string[] {
  if (!results.since) return [];
  const groups = changeGroups(results.since);
  const when = sinceWhen(results.since);
  if (groups.length === 0) return ['', `Aucun changement ${plain(when)}.`];
  const lines = groups.map(({ title, named }) => `- ${title} : ${named.map(plain).join(', ')}`);
  return ['', `**Changements ${plain(when)}**`, '', ...lines];
}

function finding(requirement: RequirementResult, results: Results): string[] {
  const [found] = findings(requirement);
  const { id, level, outcome, waiver } = requirement;
  return [
    '',
    `**${id}** (${level}, ${outcomes[outcome][0]}) ${plain(wordsOf(requirement))}`,
    '',
    ...(found ? [`- attendu : ${plain(found.expected)}`, `- observé : ${plain(found.observed)}`] : []),
    ...(waiver
      ? [`- dispense : ${plain(sayWaiver(requirement, results.campaign.startedAt.slice(0, 10)))}`]
      : []),
    `- rejouer : ${code(replayCommand(results, id))}`,
  ];
}

/** The decision for a job summary or a merge request, in French: the verdict first, then what to look at. */
export function markdown(results: Results): string {
  const { verdict, target, campaign } = results;
  const found = results.requirements.filter(needsAttention);
  const untested = results.requirements.filter(leftUntested).map(({ id }) => id);
  const more = found.length - mostShown;
  return [
    `## ${signs[verdict.outcome]} ${verdicts[verdict.outcome]} : ${plain(target.name)}`,
    '',
    `${plain(scopeLine(results))}.`,
    ...(verdict.reasons.length > 0 ? ['', ...verdict.reasons.map((reason) => `- ${plain(reason)}`)] : []),
    '',
    ...denominators(results),
    ...since(results),
    ...(found.length > 0 ? ['', `### À examiner (${found.length})`] : []),
    ...found.slice(0, mostShown).flatMap((requirement) => finding(requirement, results)),
    ...(more > 0 ? ['', `… et ${counted(more, ['autre', 'autres'])} dans le rapport.`] : []),
    ...(untested.length > 0 ? ['', `Non testées dans le périmètre : ${untested.map(plain).join(', ')}`] : []),
    '',
    `Campagne ${code(campaign.id)}, Guichet ${plain(results.guichet)}, rejouer : ${code(replayCommand(results))}`,
    '',
  ].join('\n');
}
