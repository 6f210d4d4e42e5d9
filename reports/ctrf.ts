import type { RequirementResult, Results } from './results.ts';
import { type Standing, standingOf } from './standing.ts';
import { bySurface, findings, replayCommand, scopeLine, wordsOf } from './summary.ts';
import { oneLine, visible } from './visible-text.ts';
import { sayWaiver } from './waiver.ts';
import { surfaces, verdicts } from './wording.ts';

const statuses = {
  passed: 'passed',
  recorded: 'passed',
  failed: 'failed',
  waived: 'skipped',
  inapplicable: 'skipped',
  unrecorded: 'skipped',
  // Neither green nor red nor left out on purpose.
  cantTell: 'other',
  untested: 'other',
} as const satisfies Record<Standing, string>;

const contentTypes = {
  screenshot: 'image/jpeg',
  mail: 'application/json',
  trace: 'application/zip',
  har: 'application/json',
} as const;

const verdictStatuses = { conform: 'passed', 'not-conform': 'failed', inconclusive: 'failed' } as const;

type Status = 'passed' | 'failed' | 'skipped' | 'other';
type Case = { name: string; status: Status; duration: 0; [key: string]: unknown };

function attachments(requirement: RequirementResult, results: Results) {
  const cited = new Set(requirement.checks.flatMap(({ evidence }) => evidence));
  return results.evidence
    .filter(({ id }) => cited.has(id))
    .map(({ kind, title, path }) => ({ name: visible(title), contentType: contentTypes[kind], path }));
}

function messageOf(requirement: RequirementResult, standing: Standing, results: Results): string | undefined {
  if (standing === 'passed') return undefined;
  if (standing === 'waived') return sayWaiver(requirement, results.campaign.startedAt.slice(0, 10));
  const [found] = findings(requirement);
  if (!found) return requirement.reason ?? (standing === 'inapplicable' ? 'inapplicable' : 'non testée');
  return `attendu : ${found.expected}\nobservé : ${found.observed}`;
}

function requirementCase(requirement: RequirementResult, results: Results): Case {
  const { id, level, surface, outcome } = requirement;
  const standing = standingOf(requirement, results.campaign.gate);
  const message = messageOf(requirement, standing, results);
  const cited = attachments(requirement, results);
  return {
    testId: id,
    name: `${id} ${wordsOf(requirement)}`,
    status: statuses[standing],
    rawStatus: standing === 'waived' ? 'failed (waived)' : outcome,
    // A check is a part of scenarios: it has no duration of its own.
    duration: 0,
    suite: [surfaces[surface]],
    tags: [level],
    type: 'conformance',
    retries: 0,
    ...(message === undefined ? {} : { message: visible(message) }),
    ...(cited.length > 0 ? { attachments: cited } : {}),
    extra: { level, outcome, replay: replayCommand(results, id) },
  };
}

/** Without it, a campaign that judged too little would look green to who reads only this format. */
function verdictCase(results: Results): Case {
  const { outcome, reasons } = results.verdict;
  return {
    name: `${verdicts[outcome]} — ${scopeLine(results)}`,
    status: verdictStatuses[outcome],
    rawStatus: outcome,
    duration: 0,
    suite: ['Verdict'],
    ...(reasons.length > 0 ? { message: visible(reasons.join('\n')) } : {}),
  };
}

/** CTRF (ctrf.io): the verdict, then a test for each requirement in scope. */
export function ctrf(results: Results): string {
  const { campaign, target, verdict } = results;
  const [start, stop] = [Date.parse(campaign.startedAt), Date.parse(campaign.finishedAt)];
  const steps = bySurface(results).flatMap(({ requirements }) =>
    requirements.filter(({ inScope }) => inScope).map((each) => requirementCase(each, results)),
  );
  const tests = [verdictCase(results), ...steps];
  const count = (status: Status) => tests.filter((each) => each.status === status).length;
  const report = {
    reportFormat: 'CTRF',
    specVersion: '0.0.0',
    runId: campaign.id,
    timestamp: campaign.finishedAt,
    generatedBy: `Guichet ${results.guichet}`,
    results: {
      tool: { name: 'Guichet', version: results.guichet },
      summary: {
        tests: tests.length,
        passed: count('passed'),
        failed: count('failed'),
        skipped: count('skipped'),
        other: count('other'),
        pending: 0,
        flaky: 0,
        ...{ start, stop, duration: stop - start },
      },
      tests,
      environment: {
        appName: oneLine(target.name),
        extra: {
          baseUrl: target.baseUrl,
          seed: campaign.seed,
          catalogue: results.catalogue.revision,
          verdict: verdict.outcome,
          exitCode: verdict.exitCode,
          replay: replayCommand(results),
        },
      },
    },
  };
  return `${JSON.stringify(report, null, 2)}\n`;
}
