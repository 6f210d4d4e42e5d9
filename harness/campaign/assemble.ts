import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Check, Evidence, MailEvidence, Results } from '../../reports/results.ts';
import { sayInstant } from '../../reports/wording.ts';
import { revision } from '../../requirements/catalogue.ts';
import { resultsOf, type Terms, verdictOf } from '../judge/conformity.ts';
import type { JournalLine } from './journal.ts';
import { merged } from './merge.ts';

/** What is known of a campaign besides its journal. */
export type Campaign = Pick<Results, 'guichet' | 'target'> & {
  folder: string;
  facts: Omit<Results['campaign'], 'interrupted' | 'finishedAt'>;
  /** Faults of the run that the journal cannot tell (French). */
  faults: string[];
};

/** The results of a campaign from its journal and those of its follow-ups: whole or partial, the same way. */
export function assemble(
  journals: readonly (readonly JournalLine[])[],
  { folder, facts, faults, guichet, target }: Campaign,
  terms: Omit<Terms, 'faults'>,
): Results {
  const checks = new Map<string, Check[]>();
  const scenarios: Results['scenarios'] = [];
  const evidence: Evidence[] = [];
  // A later end is a follow-up's: it completes nothing that the check has left out.
  const end = journals[0]?.find((line) => line.kind === 'end');
  for (const line of merged(journals)) {
    if (line.kind === 'check') {
      const { kind: _, id, ...check } = line;
      checks.set(id, [...(checks.get(id) ?? []), check]);
    } else if (line.kind === 'scenario') {
      const { kind: _, ...scenario } = line;
      scenarios.push(scenario);
    } else if (line.kind === 'evidence') {
      // A recording is only there once it has been redacted.
      if (existsSync(join(folder, line.path))) evidence.push(evidenceOf(line, folder));
    }
  }
  const interrupted = end?.interrupted ?? true;
  const aborted = scenarios.filter(({ status }) => status === 'aborted');
  const dues = scenarios.flatMap(({ due }) => due ?? []).sort();
  const allFaults = [
    ...(interrupted ? ['la campagne a été interrompue : le rapport est partiel'] : []),
    ...(end?.error ? [`le banc n’a pas pu démarrer : ${end.error}`] : []),
    ...(dues.length > 0
      ? [
          `trop tôt : ${dues.length} scénario(s) attendent leurs mails ; verdict à partir du ${sayInstant(dues.at(-1) ?? '')} : npx guichet follow ${facts.id}`,
        ]
      : []),
    ...aborted.map(({ title, error }) => `scénario interrompu, « ${title} » : ${error ?? 'sans message'}`),
    ...faults,
  ];
  const full = { ...terms, faults: allFaults };
  const requirements = resultsOf(checks, full);
  return {
    schemaVersion: 1,
    guichet,
    catalogue: { revision, total: requirements.length },
    campaign: { ...facts, interrupted, finishedAt: new Date().toISOString() },
    target,
    verdict: verdictOf(requirements, full),
    requirements,
    scenarios: scenarios.sort((a, b) => a.id.localeCompare(b.id, 'fr', { numeric: true })),
    evidence,
  };
}

function evidenceOf(line: Extract<JournalLine, { kind: 'evidence' }>, folder: string): Evidence {
  const { id, type, title, path } = line;
  if (type !== 'mail') return { id, kind: type, title, path };
  const mail = JSON.parse(readFileSync(join(folder, path), 'utf8')) as MailEvidence;
  return { id, kind: type, title, path, mail };
}
