import { html } from 'ghtml';
import type { Evidence, Outcome, RequirementResult, Results } from './results.ts';

const signs: Readonly<Record<Outcome, string>> = {
  passed: '✓',
  failed: '×',
  cantTell: '?',
  inapplicable: '–',
  untested: '·',
};

/** A sign beside words that say the same; never alone. */
export function mark(outcome: Outcome): string {
  return html`<i class="mark" aria-hidden="true">${signs[outcome]}</i>`;
}

/** The outcome as class names; what the scope does not judge is set apart from what it left untested. */
export function standing({ outcome, inScope }: Pick<RequirementResult, 'outcome' | 'inScope'>): string {
  return inScope ? outcome : `${outcome} out`;
}

export function requirementLink({ id }: Pick<RequirementResult, 'id'>): string {
  return html`<a class="id" href="#${id}">${id}</a>`;
}

/** Anchors are numbers of ours, so no text of the target becomes an id. */
export function evidenceAnchor(index: number): string {
  return `preuve-${index + 1}`;
}

/** What a piece of evidence is called. */
export const evidenceKinds: Readonly<Record<Evidence['kind'], string>> = {
  screenshot: 'Capture',
  mail: 'Mail',
  trace: 'Trace Playwright',
  har: 'Échanges HTTP',
};

export function evidenceLink(results: Results, id: string): string {
  const index = results.evidence.findIndex((evidence) => evidence.id === id);
  const found = results.evidence[index];
  if (found === undefined) return html`<span>preuve manquante (${id})</span>`;
  return html`<a href="#${evidenceAnchor(index)}">${evidenceKinds[found.kind]} : ${found.title}</a>`;
}

export function scenarioLink(results: Results, id: string): string {
  const index = results.scenarios.findIndex((scenario) => scenario.id === id);
  const found = results.scenarios[index];
  return found === undefined
    ? html`<code>${id}</code>`
    : html`<a href="#scenario-${index}">${found.title}</a>`;
}
