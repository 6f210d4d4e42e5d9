import { html } from 'ghtml';
import type { Behaviour } from '../behaviour.ts';
import { type Posted, type Problem, textOf } from '../input.ts';
import { allocationOf, type Case, type Period } from '../simulation.ts';
import { alert, errorOf, type Page } from './layout.ts';

const euros = new Intl.NumberFormat('fr-FR', { style: 'currency', currency: 'EUR' });

const day = new Intl.DateTimeFormat('fr-FR', { dateStyle: 'long', timeZone: 'UTC' });

/** The fields of the simulator: the longest month has 217 hours at 7 hours a day. */
const inputs = [
  {
    name: 'mois',
    label: 'Mois',
    hint: 'Année et mois, par exemple 2026-03.',
    type: 'month',
    form: /^\d{4}-(0[1-9]|1[0-2])$/,
  },
  {
    name: 'salaries',
    label: 'Nombre de salariés',
    hint: 'Un nombre entier.',
    type: 'text',
    form: /^[1-9]\d{0,5}$/,
  },
  {
    name: 'heures',
    label: 'Heures chômées par salarié',
    hint: 'Dans le mois, par exemple 35 ou 17,5.',
    type: 'text',
    form: /^\d{1,3}([.,]\d{1,2})?$/,
  },
  {
    name: 'taux',
    label: 'Rémunération horaire brute',
    hint: 'En euros, par exemple 14,20.',
    type: 'text',
    form: /^\d{1,4}([.,]\d{1,2})?$/,
  },
] as const;

/** The simulator of the employer's allocation; it answers once its form is sent. */
export function simulationPage({ home, simulation }: Behaviour, query: Posted): Page {
  const sent = inputs.some(({ name }) => textOf(query, name) !== '');
  const value = (name: string) => textOf(query, name).trim();
  const problems: Problem[] = sent
    ? inputs
        .filter(({ name, form }) => !form.test(value(name)))
        .map(({ name, label, hint }) => ({ field: name, label, text: `valeur attendue : ${hint}` }))
    : [];
  const number = (name: string) => Number(value(name).replace(',', '.'));
  const asked = {
    month: value('mois'),
    employees: number('salaries'),
    hours: number('heures'),
    pay: number('taux'),
    mayotte: value('mayotte') !== '',
  };
  const allocation = sent && problems.length === 0 ? allocationOf(simulation, asked) : undefined;
  if (sent && problems.length === 0 && !allocation) {
    problems.push({ field: 'mois', label: 'Mois', text: unknownMonth(simulation, asked) });
  }
  const { title, what } = home.simulation;
  return {
    title: problems.length > 0 ? `Erreur – ${title}` : title,
    content: html`<h1>${title}</h1>
!${alert(problems.length > 0 ? ['Le montant n’est pas calculé : corrigez les points suivants.'] : [], problems)}
!${
      allocation
        ? html`<div class="success" role="status"><p><strong>Montant mensuel de l’allocation : ${euros.format(allocation.total)}</strong></p>
<p>${euros.format(allocation.hourly)} par heure chômée, soit ${euros.format(allocation.perEmployee)} par salarié.</p></div>`
        : ''
    }
<form method="get" action="/aparts/simulation" novalidate class="card narrow">
<p>${what}. Tous les champs de saisie sont obligatoires.</p>
!${inputs
      .map(({ name, label, hint, type }) => {
        const error = errorOf(problems, name, hint);
        return html`<div class="field"><label for="${name}">${label}</label><p class="hint" id="${name}-aide">${hint}</p>
<input id="${name}" name="${name}" type="${type}" required value="${value(name)}"!${error.ties}>!${error.text}</div>`;
      })
      .join('')}
<div class="field check"><input id="mayotte" name="mayotte" type="checkbox" value="oui"!${asked.mayotte ? ' checked' : ''}>
<label for="mayotte">L’établissement est à Mayotte</label></div>
<p class="buttons"><button type="submit">Calculer</button></p>
</form>
<section class="card"><h2>Mode de calcul et sources</h2>
<p>Cas général (code du travail, articles D. 5122-13 et R. 5122-18) : 36 % de la rémunération horaire brute, retenue dans la limite de 4,5 SMIC, sans descendre sous un plancher fixé par décret. Le calcul ne vaut pas pour les apprentis, les pigistes et les VRP. Le résultat est indicatif.</p>
<ul class="means">!${simulation.periods.map((one) => parameters(one, '')).join('')}!${simulation.periodsOfMayotte.map((one) => parameters(one, ' à Mayotte')).join('')}</ul>
<p>Depuis le 1er juin 2026, le SMIC est de 12,31 € (modele-social) et aucun décret ne publie de plancher : ces mois ne sont pas calculés.</p></section>`,
  };
}

/** Why a month is not calculated. */
function unknownMonth({ end }: Behaviour['simulation'], { month, mayotte }: Case): string {
  const reason =
    month >= end
      ? 'le SMIC a changé le 1er juin 2026 et aucun décret n’a publié de plancher depuis'
      : `les paramètres sourcés commencent en janvier ${mayotte ? '2026 pour Mayotte' : '2024'}`;
  return `aucun plancher n’est connu pour ce mois : ${reason}.`;
}

function parameters({ from, smic, floor, source }: Period, where: string): string {
  return html`<li>À partir du ${day.format(new Date(from)).replace(/^1 /, '1er ')}${where} : SMIC horaire ${euros.format(smic)}, plancher ${euros.format(floor)} (${source}).</li>`;
}
