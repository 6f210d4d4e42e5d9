import { html } from 'ghtml';
import { mark, requirementLink, standing } from './html-links.ts';
import type { Counts, Outcome, Results } from './results.ts';
import { changeGroups, sinceWhen } from './since.ts';
import { applicable, bySurface, leftUntested, progress, replayCommand, scopeLine } from './summary.ts';
import { counted, duration, type Level, levels, outcomes, statuses, typeset, verdicts } from './wording.ts';

const barOrder: readonly Outcome[] = ['passed', 'failed', 'cantTell', 'untested'];

function instant(iso: string): string {
  const format = { dateStyle: 'long', timeStyle: 'short', timeZone: 'Europe/Paris' } as const;
  return new Intl.DateTimeFormat('fr-FR', format).format(new Date(iso));
}

function elapsed({ startedAt, finishedAt }: Results['campaign']): string {
  return duration(Date.parse(finishedAt) - Date.parse(startedAt));
}

/** One level's denominator: a bar in proportion, and the same in words. */
function denominator(level: Level, counts: Counts): string {
  const total = applicable(counts);
  const bar = barOrder
    .filter((outcome) => counts[outcome] > 0)
    .map((outcome) => html`<i class="${outcome}" style="flex-grow:${counts[outcome]}"></i>`)
    .join('');
  const words = barOrder
    .filter((outcome) => outcome !== 'cantTell' || counts.cantTell > 0)
    .map((outcome) => {
      const shade = counts[outcome] > 0 ? outcome : 'none';
      return html`<span class="${shade}">${counted(counts[outcome], outcomes[outcome])}</span>`;
    })
    .join(', ');
  const aside = counts.inapplicable > 0 ? ` (${counted(counts.inapplicable, outcomes.inapplicable)})` : '';
  return html`<li>
<p class="level-name"><b>${level}</b> <span>${levels[level]}</span></p>
<div class="bar" aria-hidden="true">!${bar}</div>
<p class="level-count">!${words} sur ${total}${typeset(aside)}</p>
</li>`;
}

/** What changed since the last campaign, each requirement a link; nothing where there was none before. */
function changes({ since }: Results): string {
  if (since === undefined) return '';
  const groups = changeGroups(since);
  const when = typeset(sinceWhen(since));
  if (groups.length === 0) return html`<p class="since">Aucun changement ${when}.</p>`;
  const items = groups.map(({ kind, title, named, lines }) => {
    if (kind === 'slower') {
      const each = lines.map((line) => html`<li>${line}</li>`).join('');
      return html`<li class="${kind}"><details><summary>${title}</summary><ul>!${each}</ul></details></li>`;
    }
    const linked = named.map((id) => requirementLink({ id }));
    return html`<li class="${kind}"><b>${title}</b> : !${linked.join(', ')}</li>`;
  });
  return html`<div class="since"><p>Changements ${when} :</p><ul>!${items.join('')}</ul></div>`;
}

/** The decision first: verdict, scope, reasons, denominators. */
export function verdictHeader(results: Results): string {
  const { verdict, campaign, target } = results;
  const names = Object.keys(levels) as Level[];
  const levelsShown = names.filter(
    (level) => level === 'MUST' || Object.values(verdict.counts[level]).some((n) => n > 0),
  );
  const reasons = verdict.reasons.map((reason) => html`<li>${typeset(reason)}</li>`).join('');
  const fault = target.fault === undefined ? '' : html` · défaut injecté <code>${target.fault}</code>`;
  return html`<header class="verdict ${verdict.outcome}">
<p class="product"><b>Guichet</b> <span>${target.name}!${fault} · ${instant(campaign.startedAt)}</span></p>
<h1>${verdicts[verdict.outcome]}</h1>
<p class="scope">${typeset(scopeLine(results))}.</p>
!${verdict.reasons.length > 0 ? html`<ul class="reasons">!${reasons}</ul>` : ''}
<ul class="levels">!${levelsShown.map((level) => denominator(level, verdict.counts[level])).join('')}</ul>
!${changes(results)}
</header>`;
}

/** The whole procedure in one look: a square per requirement, a link per step. */
export function stepMap(results: Results): string {
  const steps = bySurface(results).map(({ surface, title, requirements }) => {
    const squares = requirements.map((each) => html`<i class="${standing(each)}"></i>`).join('');
    return html`<li><a href="#etape-${surface}">${title}</a>
<span class="squares" aria-hidden="true">!${squares}</span>
<span class="step-count">${progress(requirements)}</span></li>`;
  });
  const legend = (Object.keys(outcomes) as Outcome[])
    .map((outcome) => html`<span class="${outcome}">!${mark(outcome)} ${outcomes[outcome][0]}</span>`)
    .join(' ');
  const untested = results.requirements.filter(leftUntested);
  const left =
    untested.length === 0
      ? ''
      : html`<p class="untested-list"><b>${counted(untested.length, ['exigence du périmètre n’a pas été testée', 'exigences du périmètre n’ont pas été testées'])} :</b> !${untested.map(requirementLink).join(', ')}</p>`;
  return html`<section aria-labelledby="apercu">
<h2 id="apercu">Vue d’ensemble</h2>
<ul class="map">!${steps.join('')}</ul>
<p class="legend">!${legend} <span>□ hors périmètre</span></p>
!${left}
</section>`;
}

/** What ran, how it ended, how long it took. */
export function scenarioTable(results: Results): string {
  const rows = results.scenarios.map(({ id, title, status, durationMs, error }, index) => {
    const why = error === undefined ? '' : html`<span class="why">${error}</span>`;
    return html`<tr id="scenario-${index}"><th scope="row">${title}<code>${id}</code>!${why}</th>
<td class="status ${status}">${statuses[status]}</td><td class="number">${duration(durationMs)}</td></tr>`;
  });
  if (rows.length === 0) return '';
  return html`<section aria-labelledby="scenarios">
<h2 id="scenarios">Scénarios</h2>
<table><thead><tr><th scope="col">Scénario</th><th scope="col">Résultat</th><th scope="col" class="number">Durée</th></tr></thead>
<tbody>!${rows.join('\n')}</tbody></table>
</section>`;
}

/** All that is needed to know what was judged, and to judge it again. */
export function facts(results: Results): string {
  const { campaign, target, catalogue } = results;
  const named: [string, string][] = [
    ['Cible', target.name],
    ['Adresse', target.baseUrl],
    ...(target.fault === undefined ? [] : [['Défaut injecté', target.fault] satisfies [string, string]]),
    ['Sélection', campaign.selection.length === 0 ? 'toute la procédure' : campaign.selection.join(', ')],
    [
      'Rigueur',
      campaign.strict
        ? 'stricte : un écart SHOULD est un échec'
        : 'normale : un écart SHOULD est un avertissement',
    ],
    ['Début', instant(campaign.startedAt)],
    ['Durée', `${elapsed(campaign)}${campaign.interrupted ? ', interrompue' : ''}`],
    ['Graine', String(campaign.seed)],
    ['Campagne', campaign.id],
    ['Version', `Guichet ${results.guichet}`],
    ['Catalogue', `révision ${catalogue.revision}, ${catalogue.total} exigences`],
  ];
  const list = named.map(([name, value]) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`).join('');
  return html`<section aria-labelledby="campagne">
<h2 id="campagne">Campagne</h2>
<dl class="facts">!${list}</dl>
<p class="replay">Rejouer cette campagne : <code>${replayCommand(results)}</code></p>
</section>`;
}
