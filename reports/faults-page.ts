import { html } from 'ghtml';
import { catalogue } from '../requirements/catalogue.ts';
import { type FaultResult, type FaultsReport, figures } from './faults.ts';
import { shell, styleOf } from './html-shell.ts';
import { visible } from './visible-text.ts';
import { counted, surfaces, typeset } from './wording.ts';

const style = styleOf('html-page', 'html-headline', 'faults-page');

const titles = { 0: 'La suite est prouvée', 1: 'La suite n’est pas prouvée', 3: 'Non concluant' } as const;

/** The proof as one self-contained French page: no network, no script. */
export function faultsPage(report: FaultsReport): string {
  const { verdict, campaign } = report;
  const title = titles[verdict.exitCode];
  const reasons = verdict.reasons.map((reason) => html`<li>${typeset(visible(reason))}</li>`).join('');
  return shell(
    { title: `${title} — preuve par le défaut`, style },
    html`<header class="headline exit-${verdict.exitCode}">
<p class="product"><b>Guichet</b> <span>preuve par le défaut · graine ${campaign.seed}</span></p>
<h1>${title}</h1>
!${reasons === '' ? '' : html`<ul class="reasons">!${reasons}</ul>`}
<dl class="figures">!${figures(report)
      .map(
        ({ name, value, note }) =>
          html`<div><dt>${name}</dt><dd><b>${typeset(value)}</b> <span>${typeset(note)}</span></dd></div>`,
      )
      .join('')}</dl>
</header>
<main>
!${matrix(report.faults)}
!${strays(report)}
!${network(report)}
</main>
<footer><p>Guichet ${report.guichet} · catalogue ${report.catalogue.revision} · campagne ${campaign.id}</p></footer>`,
  );
}

type Column = { id: string; surface: keyof typeof surfaces };

/** One row a fault, one column a requirement that some fault breaks or reddens. */
function matrix(faults: readonly FaultResult[]): string {
  if (faults.length === 0) return '';
  const shown = new Set(faults.flatMap(({ breaks, red, cantTell }) => [...breaks, ...red, ...cantTell]));
  const columns: Column[] = (Object.keys(surfaces) as (keyof typeof surfaces)[]).flatMap((surface) =>
    catalogue.filter((entry) => entry.surface === surface && entry.level !== 'INFO' && shown.has(entry.id)),
  );
  const groups = Map.groupBy(columns, ({ surface }) => surface);
  const heads = [...groups].map(
    ([surface, own]) =>
      html`<th scope="colgroup" colspan="${own.length}"><span>${surfaces[surface]}</span></th>`,
  );
  const ids = columns.map(
    ({ id }, at) => html`<th scope="col" class="${edge(columns, at)}"><span>${id}</span></th>`,
  );
  const rows = faults.map((fault) => row(fault, columns));
  return html`<section aria-labelledby="matrice">
<h2 id="matrice">Défauts et exigences</h2>
<p class="key"><i class="cell hit"></i> exigence du défaut, devenue rouge <i class="cell miss"></i> exigence du défaut, restée verte <i class="cell stray"></i> autre exigence, devenue rouge <i class="cell doubt"></i> devenue indécidable</p>
<div class="scroll" tabindex="0" role="region" aria-label="Matrice des défauts et des exigences"><table class="matrix">
<thead><tr><th scope="col" rowspan="2">Défaut</th>!${heads.join('')}</tr><tr>!${ids.join('')}</tr></thead>
<tbody>!${rows.join('\n')}</tbody></table></div>
</section>`;
}

function row(fault: FaultResult, columns: readonly Column[]): string {
  const standing = fault.dead ? 'sans effet' : fault.caught ? 'vu' : 'non vu';
  const cells = columns.map(({ id }, at) => {
    const [kind, said] = cellOf(fault, id);
    const words =
      said === '' ? '' : html`<i class="cell ${kind}" title="${id} ${said}"><span>${said}</span></i>`;
    return html`<td class="${edge(columns, at)}">!${words}</td>`;
  });
  return html`<tr class="${fault.caught ? 'caught' : 'uncaught'}"><th scope="row"><code>${fault.name}</code> <span>${standing}</span></th>!${cells.join('')}</tr>`;
}

function cellOf({ breaks, red, cantTell }: FaultResult, id: string): readonly [kind: string, said: string] {
  if (red.includes(id))
    return breaks.includes(id) ? ['hit', 'rouge, comme il se doit'] : ['stray', 'rouge sans être du défaut'];
  if (cantTell.includes(id)) return ['doubt', 'indécidable'];
  return breaks.includes(id) ? ['miss', 'restée verte'] : ['', ''];
}

/** Where a new surface begins. */
function edge(columns: readonly Column[], at: number): string {
  return at === 0 || columns[at]?.surface !== columns[at - 1]?.surface ? 'edge' : '';
}

function strays({ strays, falseAlarms, attributionOf }: FaultsReport): string {
  const rows = [...falseAlarms.map((alarm) => ({ ...alarm, fault: 'aucun : extranet sain' })), ...strays].map(
    ({ fault, id, scenario, observed }) =>
      html`<tr><th scope="row"><code>${fault}</code></th><td class="id">${id || 'interrompu'}</td><td>${visible(scenario)}<span class="why">${visible(observed)}</span></td></tr>`,
  );
  if (rows.length === 0) return '';
  return html`<section aria-labelledby="ecarts">
<h2 id="ecarts">Rouges de trop</h2>
<p>Fausses alertes, et, sur ${counted(attributionOf.length, ['défaut joué', 'défauts joués'])} contre toute la suite, exigences rouges que le défaut ne nomme pas.</p>
<div class="scroll" tabindex="0" role="region" aria-label="Tableau des rouges de trop"><table><thead><tr><th scope="col">Défaut</th><th scope="col">Exigence</th><th scope="col">Scénario et observation</th></tr></thead>
<tbody>!${rows.join('\n')}</tbody></table></div>
</section>`;
}

const networkWords: Readonly<Record<FaultsReport['network'][number]['outcome'], string>> = {
  inconclusive: 'non concluant, comme il se doit',
  named: 'échec nommé, comme il se doit',
  innocent: 'imputé à la cible',
  unnoticed: 'passé inaperçu',
};

function network({ network }: FaultsReport): string {
  if (network.length === 0) return '';
  const rows = network.map(
    ({ name, what, outcome, red, said }) =>
      html`<tr class="${outcome}"><th scope="row"><code>${name}</code><span>${typeset(what)}</span></th><td class="issue">${networkWords[outcome]}</td><td>${red.join(', ')}!${said.map((words) => html`<p>${visible(words)}</p>`).join('')}</td></tr>`,
  );
  return html`<section aria-labelledby="reseau">
<h2 id="reseau">Défauts du réseau</h2>
<p>L’extranet est sain : ce qui l’entoure est cassé. La suite doit le remarquer et n’en accuser aucune exigence.</p>
<div class="network" tabindex="0" role="region" aria-label="Tableau des défauts du réseau"><table><thead><tr><th scope="col">Défaut</th><th scope="col">Issue</th><th scope="col">Ce qui en est dit</th></tr></thead>
<tbody>!${rows.join('\n')}</tbody></table></div>
</section>`;
}
