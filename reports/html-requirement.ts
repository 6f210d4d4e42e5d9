import { html } from 'ghtml';
import { evidenceLink, mark, requirementLink, scenarioLink, standing } from './html-links.ts';
import type { Outcome, RequirementResult, Results } from './results.ts';
import {
  bySurface,
  type Finding,
  findings,
  needsAttention,
  progress,
  replayCommand,
  wordsOf,
} from './summary.ts';
import { sayWaiver } from './waiver.ts';
import { outcomes, surfaces, typeset } from './wording.ts';

function outcomeWord(requirement: RequirementResult): string {
  const { outcome, inScope } = requirement;
  return outcome === 'untested' && !inScope ? 'hors périmètre' : outcomes[outcome][0];
}

function finding(found: Finding, results: Results): string {
  const scenarios = found.scenarios.map((id) => scenarioLink(results, id)).join(', ');
  const titles = results.scenarios.filter(({ id }) => found.scenarios.includes(id)).map(({ title }) => title);
  // What was recorded of a whole scenario shows how its findings came about.
  const recorded = results.evidence.filter(
    ({ kind, title }) => (kind === 'har' || kind === 'trace') && titles.includes(title),
  );
  const cited = [...found.evidence, ...(found.outcome === 'passed' ? [] : recorded.map(({ id }) => id))];
  const evidence = cited.map((id) => evidenceLink(results, id)).join(', ');
  return html`<li class="finding ${found.outcome}">
<p class="finding-outcome">!${mark(found.outcome)} ${outcomes[found.outcome][0]}</p>
<dl>
<div><dt>Attendu</dt><dd>${typeset(found.expected)}</dd></div>
<div><dt>Observé</dt><dd class="observed">${typeset(found.observed)}</dd></div>
<div><dt>Scénario</dt><dd>!${scenarios}</dd></div>
!${evidence === '' ? '' : html`<div><dt>Preuve</dt><dd>!${evidence}</dd></div>`}
</dl>
</li>`;
}

/** Everything known of a requirement but its name: findings first, then how it is judged. */
function body(requirement: RequirementResult, results: Results): string {
  const list = findings(requirement).map((found) => finding(found, results));
  const { reason, reference, check, note } = requirement;
  const waiver = requirement.waiver && sayWaiver(requirement, results.campaign.startedAt.slice(0, 10));
  return html`!${reason === undefined ? '' : html`<p class="reason">${reason}</p>`}
!${waiver === undefined ? '' : html`<p class="reason">${typeset(waiver)}</p>`}
!${list.length === 0 ? '' : html`<ul class="findings">!${list.join('')}</ul>`}
<dl class="about">
!${reference === undefined ? '' : html`<div><dt>Norme</dt><dd>${reference}</dd></div>`}
!${list.length === 0 ? '' : html`<div><dt>Rejouer</dt><dd><code>${replayCommand(results, requirement.id)}</code></dd></div>`}
</dl>
<details class="catalogue"><summary>Texte du catalogue (en anglais)</summary>
<p lang="en">${check}</p>
!${note === undefined ? '' : html`<p lang="en">${note}</p>`}
</details>`;
}

function heading(requirement: RequirementResult): string {
  const { id, level, outcome } = requirement;
  return html`<span class="tag">!${mark(outcome)}<b class="id">${id}</b> <span class="level ${level}">${level}</span></span>
<span class="words">${typeset(wordsOf(requirement))}</span>
<span class="outcome">${outcomeWord(requirement)}</span>`;
}

function row(requirement: RequirementResult, results: Results): string {
  const classes = `requirement ${standing(requirement)}`;
  if (needsAttention(requirement)) {
    return html`<li class="${classes}"><a class="row" href="#${requirement.id}">!${heading(requirement)}</a></li>`;
  }
  return html`<li class="${classes}" id="${requirement.id}"><details>
<summary class="row">!${heading(requirement)}</summary>
<div class="body">!${body(requirement, results)}</div>
</details></li>`;
}

function article(requirement: RequirementResult, results: Results): string {
  const { id, level, outcome, surface } = requirement;
  return html`<article class="requirement ${outcome}" id="${id}">
<p class="tag">!${mark(outcome)}<span>${outcomes[outcome][0]}</span> · <span class="level ${level}">${level}</span> · ${surfaces[surface]}</p>
<h3><span class="id">${id}</span> ${typeset(wordsOf(requirement))}</h3>
<div class="body">!${body(requirement, results)}</div>
</article>`;
}

/** What somebody must look at, opened: failures, then what could not be decided; MUST before SHOULD. */
export function findingsToExamine(results: Results): string {
  const rank = ({ level, outcome }: RequirementResult) =>
    (level === 'MUST' ? 0 : 2) + (outcome === 'failed' ? 0 : 1);
  const found = results.requirements.filter(needsAttention).sort((a, b) => rank(a) - rank(b));
  if (found.length === 0) return '';
  return html`<section aria-labelledby="examiner">
<h2 id="examiner">À examiner <span class="count">${found.length}</span></h2>
!${found.map((requirement) => article(requirement, results)).join('\n')}
</section>`;
}

const filters: readonly { id: string; label: string; outcomes: readonly Outcome[] }[] = [
  { id: 'toutes', label: 'Toutes', outcomes: ['passed', 'failed', 'cantTell', 'inapplicable', 'untested'] },
  { id: 'ecarts', label: 'Écarts et doutes', outcomes: ['failed', 'cantTell'] },
  { id: 'satisfaites', label: 'Satisfaites', outcomes: ['passed'] },
  { id: 'non-testees', label: 'Non testées', outcomes: ['untested'] },
];

/** The catalogue in the order of the procedure, a line each, the rest one click away. */
export function procedure(results: Results): string {
  const choices = filters.map(({ id, label, outcomes: kept }, index) => {
    const count = results.requirements.filter(({ outcome }) => kept.includes(outcome)).length;
    return html`<label><input type="radio" name="filtre" id="filtre-${id}"!${index === 0 ? ' checked' : ''}> ${label} <span>${count}</span></label>`;
  });
  const steps = bySurface(results).map(({ surface, title, requirements }) => {
    return html`<section class="step" aria-labelledby="etape-${surface}">
<h3 id="etape-${surface}">${title} <span class="count">${progress(requirements)}</span></h3>
<ul class="requirements">
!${requirements.map((requirement) => row(requirement, results)).join('\n')}
</ul>
</section>`;
  });
  return html`<section aria-labelledby="procedure" class="procedure">
<h2 id="procedure">La procédure, étape par étape</h2>
<fieldset class="filters"><legend>Afficher</legend>!${choices.join('')}</fieldset>
!${steps.join('\n')}
</section>`;
}

/** Links to the requirements that cite a piece of evidence. */
export function citedBy(results: Results, evidence: string): string {
  return results.requirements
    .filter(({ checks }) => checks.some((check) => check.evidence.includes(evidence)))
    .map(requirementLink)
    .join(', ');
}
