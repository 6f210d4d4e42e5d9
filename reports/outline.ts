import { styleText } from 'node:util';
import type { Outcome, RequirementResult, Results } from './results.ts';
import { changeGroups, sinceWhen } from './since.ts';
import {
  bySurface,
  denominators,
  findings,
  leftUntested,
  needsAttention,
  progress,
  replayCommand,
  verdictLine,
  wordsOf,
} from './summary.ts';
import { oneLine } from './visible-text.ts';
import { sayWaiver } from './waiver.ts';
import { counted, outcomes } from './wording.ts';

export type OutlineOptions = {
  colour: boolean;
  /** Columns of the terminal; the outline is never narrower than 40. */
  width: number;
  /** Folder of the campaign, put before the paths of evidence. */
  folder?: string;
};

type Style = Parameters<typeof styleText>[0];
type Paint = (style: Style, text: string) => string;

const marks: Readonly<Record<Outcome, { sign: string; style: Style }>> = {
  passed: { sign: '✔', style: 'green' },
  failed: { sign: '×', style: ['bold', 'red'] },
  cantTell: { sign: '?', style: ['bold', 'yellow'] },
  inapplicable: { sign: '–', style: 'dim' },
  untested: { sign: '·', style: 'dim' },
};

const verdictStyles: Readonly<Record<Results['verdict']['outcome'], Style>> = {
  conform: ['bold', 'green'],
  'not-conform': ['bold', 'red'],
  inconclusive: ['bold', 'yellow'],
};

const mostFindings = 3;

/** Words packed into lines of at most `width` characters, each behind `indent`; a longer word keeps its line. */
function packed(words: readonly { text: string; length: number }[], indent: string, width: number): string[] {
  const lines: string[] = [];
  let line = '';
  let used = 0;
  for (const { text, length } of words) {
    if (used > 0 && indent.length + used + 1 + length > width) {
      lines.push(indent + line);
      line = '';
      used = 0;
    }
    line += used > 0 ? ` ${text}` : text;
    used += used > 0 ? length + 1 : length;
  }
  return used > 0 ? [...lines, indent + line] : lines;
}

function wrapped(text: string, first: string, width: number): string[] {
  const words = oneLine(text)
    .split(' ')
    .map((word) => ({ text: word, length: [...word].length }));
  const [head, ...rest] = packed(words, ' '.repeat(first.length), width);
  return [first + (head ?? '').slice(first.length), ...rest];
}

/** `FORM ✔01 ✔02 ×03 …`: families of ids in the order of the procedure. */
function rows(requirements: readonly RequirementResult[], width: number, paint: Paint): string[] {
  const families = Map.groupBy(requirements, ({ id }) => id.replace(/-[^-]*$/, ''));
  return [...families].flatMap(([family, members]) => {
    const label = `  ${oneLine(family).padEnd(6)} `;
    const cells = members.map(({ id, outcome }) => {
      const cell = marks[outcome].sign + oneLine(id.slice(family.length + 1));
      return { text: paint(marks[outcome].style, cell), length: cell.length };
    });
    const [head, ...rest] = packed(cells, ' '.repeat(label.length), width);
    return [label + (head ?? '').slice(label.length), ...rest];
  });
}

function details(
  requirement: RequirementResult,
  results: Results,
  options: OutlineOptions,
  paint: Paint,
): string[] {
  const { sign, style } = marks[requirement.outcome];
  const lines = [
    paint(style, `${sign} ${oneLine(requirement.id)}`) + paint('dim', `  ${requirement.level}`),
    ...wrapped(wordsOf(requirement), '  ', options.width),
  ];
  const found = findings(requirement).filter((finding) => finding.outcome === requirement.outcome);
  for (const finding of found.slice(0, mostFindings)) {
    lines.push(...wrapped(finding.expected, '  attendu   ', options.width));
    lines.push(...wrapped(finding.observed, '  observé   ', options.width));
    for (const id of finding.evidence) {
      const path = results.evidence.find((evidence) => evidence.id === id)?.path;
      // Not wrapped: a path is there to be copied.
      if (path !== undefined)
        lines.push(`  preuve    ${oneLine(options.folder ? `${options.folder}/${path}` : path)}`);
    }
  }
  if (found.length > mostFindings)
    lines.push(
      `  … et ${counted(found.length - mostFindings, ['autre constat', 'autres constats'])} dans report.html`,
    );
  if (requirement.reason !== undefined)
    lines.push(...wrapped(requirement.reason, '  raison    ', options.width));
  if (requirement.waiver) {
    const said = sayWaiver(requirement, results.campaign.startedAt.slice(0, 10));
    lines.push(...wrapped(said, '  dispense  ', options.width));
  }
  return [...lines, `  rejouer   ${paint('cyan', replayCommand(results, requirement.id))}`, ''];
}

/** What changed since the last campaign; nothing where there was none before. */
function sayChanges({ since }: Results, width: number): string[] {
  if (!since) return [];
  const groups = changeGroups(since);
  if (groups.length === 0) return [`Aucun changement ${sinceWhen(since)}.`];
  return [
    `Changements ${sinceWhen(since)} :`,
    ...groups.flatMap(({ title, named }) => wrapped(named.join(', '), `  ${title} : `, width)),
  ];
}

/**
 * The procedure at a glance for a terminal, in French: a mark per requirement, details only where somebody
 * must look, the denominators, the verdict with its scope. Texts of the target cannot drive the terminal.
 */
export function outline(results: Results, asked: OutlineOptions): string {
  const options = { ...asked, width: Math.max(40, asked.width) };
  const paint: Paint = (style, text) =>
    options.colour ? styleText(style, text, { validateStream: false }) : text;
  // A selection is shown by itself: the rest of the procedure would bury it.
  const selected = results.campaign.selection.length > 0;
  const procedure = bySurface(results).flatMap(({ title, requirements }) => {
    const shown = requirements.filter(({ inScope }) => inScope || !selected);
    if (shown.length === 0) return [];
    const heading = `${paint('bold', title)}${paint('dim', `  ${progress(shown)}`)}`;
    return [heading, ...rows(shown, options.width, paint)];
  });
  const legend = (Object.keys(marks) as Outcome[])
    .map((outcome) => `${marks[outcome].sign} ${outcomes[outcome][0]}`)
    .join('   ');
  const untested = results.requirements.filter(leftUntested).map(({ id }) => id);
  return [
    ...procedure,
    paint('dim', legend),
    '',
    ...results.requirements
      .filter((requirement) => needsAttention(requirement) && (requirement.inScope || !selected))
      .flatMap((requirement) => details(requirement, results, options, paint)),
    ...(untested.length > 0
      ? [...wrapped(untested.join(' '), '· non testées dans le périmètre : ', options.width), '']
      : []),
    ...denominators(results),
    ...sayChanges(results, options.width),
    '',
    paint(verdictStyles[results.verdict.outcome], verdictLine(results)),
    ...results.verdict.reasons.flatMap((reason) => wrapped(reason, '  ', options.width)),
    '',
  ].join('\n');
}
