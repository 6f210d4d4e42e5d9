import type { RequirementResult, Results } from './results.ts';
import { standingOf } from './standing.ts';
import { bySurface, findings, replayCommand, scopeLine, wordsOf } from './summary.ts';
import { oneLine, visible } from './visible-text.ts';
import { sayWaiver } from './waiver.ts';
import { surfaces, verdicts } from './wording.ts';

type Kind = 'failure' | 'error' | 'skipped' | 'passed';
type TestCase = { kind: Kind; xml: string };

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  '\n': '&#10;',
  '\t': '&#9;',
};

function text(value: string): string {
  return visible(value).replace(/[&<>]/g, (character) => entities[character] ?? '');
}

function attribute(value: string): string {
  return visible(value).replace(/[&<>"\n\t]/g, (character) => entities[character] ?? '');
}

/** The checks as text: what was expected, what was observed, where to look. */
function account(requirement: RequirementResult, results: Results): string {
  const paths = new Map(results.evidence.map(({ id, path }) => [id, path]));
  return findings(requirement)
    .filter((finding) => finding.outcome === requirement.outcome)
    .map((finding) =>
      [
        `attendu : ${finding.expected}`,
        `observé : ${finding.observed}`,
        `scénario : ${finding.scenarios.join(', ')}`,
        ...finding.evidence.map((id) => `preuve : ${paths.get(id) ?? id}`),
      ].join('\n'),
    )
    .join('\n\n');
}

function problem(
  kind: 'failure' | 'error',
  requirement: RequirementResult,
  message: string,
  results: Results,
): TestCase {
  const body = [account(requirement, results), `rejouer : ${replayCommand(results, requirement.id)}`].filter(
    Boolean,
  );
  const head = `<${kind} message="${attribute(oneLine(message))}" type="${requirement.level}">`;
  return { kind, xml: `${head}${text(body.join('\n\n'))}</${kind}>` };
}

/** INFO is recorded, never judged; what the scope promised and nobody tested is an error, never a silence. */
function judged(requirement: RequirementResult, results: Results): TestCase {
  const { reason } = requirement;
  const skipped = (message: string): TestCase => ({
    kind: 'skipped',
    xml: `<skipped message="${attribute(oneLine(message))}"/>`,
  });
  const observed = findings(requirement)[0]?.observed ?? reason ?? 'sans constat';
  switch (standingOf(requirement, results.campaign.gate)) {
    case 'inapplicable':
      return skipped(reason ?? 'inapplicable');
    case 'unrecorded':
      return skipped('non testée');
    case 'recorded':
      return { kind: 'passed', xml: `<system-out>${text(account(requirement, results))}</system-out>` };
    case 'passed':
      return { kind: 'passed', xml: '' };
    case 'waived':
      return skipped(sayWaiver(requirement, results.campaign.startedAt.slice(0, 10)));
    case 'untested':
      return problem('error', requirement, reason ?? 'non testée', results);
    case 'cantTell':
      return problem('error', requirement, observed, results);
    case 'failed':
      return problem('failure', requirement, observed, results);
  }
}

function testCase(className: string, name: string, { kind, xml }: TestCase): TestCase {
  const open = `    <testcase classname="${attribute(className)}" name="${attribute(oneLine(name))}"`;
  return { kind, xml: xml === '' ? `${open}/>` : `${open}>${xml}</testcase>` };
}

function tally(cases: readonly TestCase[]): string {
  const of = (kind: Kind) => cases.filter((each) => each.kind === kind).length;
  return `tests="${cases.length}" failures="${of('failure')}" errors="${of('error')}" skipped="${of('skipped')}"`;
}

function suite(name: string, timestamp: string, cases: readonly TestCase[], properties = ''): string {
  const lines = cases.map(({ xml }) => xml).join('\n');
  return `  <testsuite name="${attribute(name)}" ${tally(cases)} timestamp="${timestamp}">\n${properties}${lines}\n  </testsuite>`;
}

/** Without it, a campaign that was cut short or selected nothing would look green to who reads only JUnit. */
function verdictCase(results: Results): TestCase {
  const { outcome, reasons } = results.verdict;
  const name = `${verdicts[outcome]} — ${scopeLine(results)}`;
  if (outcome === 'conform') return testCase('verdict', name, { kind: 'passed', xml: '' });
  const kind = outcome === 'not-conform' ? 'failure' : 'error';
  const message = attribute(oneLine(reasons[0] ?? verdicts[outcome]));
  return testCase('verdict', name, {
    kind,
    xml: `<${kind} message="${message}" type="verdict">${text(reasons.join('\n'))}</${kind}>`,
  });
}

function facts(results: Results): string {
  const { campaign, target } = results;
  const named: Record<string, string> = {
    campaign: campaign.id,
    target: target.name,
    baseUrl: target.baseUrl,
    ...(target.fault === undefined ? {} : { fault: target.fault }),
    seed: String(campaign.seed),
    guichet: results.guichet,
    catalogue: results.catalogue.revision,
    // Nothing is tried twice: what passes has passed at once.
    retries: '0',
    replay: replayCommand(results),
  };
  const lines = Object.entries(named).map(
    ([name, value]) => `      <property name="${name}" value="${attribute(value)}"/>\n`,
  );
  return `    <properties>\n${lines.join('')}    </properties>\n`;
}

/** JUnit XML: a suite per step of the procedure, a test case per requirement in scope, and the verdict. */
export function junit(results: Results): string {
  const { id, startedAt, finishedAt } = results.campaign;
  const stamp = startedAt.replace(/(\.\d+)?(Z|[+-]\d\d:\d\d)$/, '');
  const seconds = ((Date.parse(finishedAt) - Date.parse(startedAt)) / 1000).toFixed(3);
  const groups = bySurface(results).map(({ surface, requirements }) => ({
    title: surfaces[surface],
    cases: requirements
      .filter(({ inScope }) => inScope)
      .map((each) => testCase(surface, `${each.id} ${wordsOf(each)}`, judged(each, results))),
  }));
  const verdict = verdictCase(results);
  const all = [verdict, ...groups.flatMap(({ cases }) => cases)];
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="${attribute(`Guichet ${id}`)}" ${tally(all)} time="${seconds}">`,
    suite('Verdict', stamp, [verdict], facts(results)),
    ...groups.filter(({ cases }) => cases.length > 0).map(({ title, cases }) => suite(title, stamp, cases)),
    '</testsuites>',
    '',
  ].join('\n');
}
