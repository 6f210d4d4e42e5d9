import { html } from 'ghtml';
import type { Behaviour } from '../behaviour.ts';
import { townsOf } from '../communes.ts';
import type { Entries } from '../demande.ts';
import { type FieldName, type FieldRule, fieldNames } from '../fields.ts';
import type { Problem } from '../input.ts';
import { alert, errorOf, mark, type Page } from './layout.ts';

/** What the account form shows. */
export type FormView = {
  siret: string;
  jeton: string;
  entries?: Entries;
  sentences?: readonly string[];
  problems?: readonly Problem[];
};

/** The account form. */
export function formPage(behaviour: Behaviour, view: FormView): Page {
  const { form } = behaviour;
  const { siret, jeton, sentences = [], problems = [] } = view;
  const { notices, towns } = form;
  const siretError = errorOf(problems, 'siret');
  const [group, name] = form.grouped ? ['fieldset', 'legend'] : ['div', 'p'];
  const part = (title: string) => html`<!${group} class="card"><!${name}>${title}</!${name}>`;
  const show = (part: FieldRule['part'], from: FieldName, to: FieldName) =>
    fieldNames
      .slice(fieldNames.indexOf(from), fieldNames.indexOf(to) + 1)
      .filter((name) => form.fields[name].part === part && form.fields[name].shown)
      .map((name) => field(behaviour, name, view))
      .join('');
  return {
    title: sentences.length > 0 ? `Erreur – ${form.title}` : form.title,
    script: true,
    content: html`<h1>${form.title}</h1>
!${alert(sentences, problems)}
<p>${form.explanation}</p>
<form method="post" action="/aparts/creation/compte" novalidate id="demande" data-towns="${towns.loaded ? '/aparts/communes' : ''}" data-towns-none="${towns.none}" data-towns-choose="${towns.choose}" data-towns-unknown="${towns.unknown}"!${towns.dropsForeign ? ' data-drops-foreign' : ''}>
<button type="submit" class="default" tabindex="-1" aria-hidden="true"></button>
<input type="hidden" name="jeton" value="${jeton}">
<input type="hidden" name="siret" value="${siret}">
<p class="away" role="status" id="annonce"></p>
!${part(form.parts.establishment)}
<div class="fields">
!${show('establishment', 'denomination', 'denomination')}
<div class="field full"><label for="siret">${form.siretLabel} :</label> <output id="siret" name="siret" tabindex="-1"!${siretError.ties}>${form.siretShown(siret)}</output>
!${siretError.text}</div>
!${show('establishment', 'numeroVoie', 'fax')}
</div>
<p class="notice">${notices.byHand}</p>
<div class="fields">
!${show('establishment', 'courriel', 'confirmerCourriel')}
</div>
</!${group}>
!${part(form.parts.account)}
<p class="notice">${notices.contact} ${notices.wrongAddress}</p>
<p class="notice">${notices.thirdParty}</p>
<div class="fields">
!${show('account', 'nom', 'telephoneUtilisateur')}
</div>
<p class="notice">${notices.byHand}</p>
<div class="fields">
!${show('account', 'courrielUtilisateur', 'reponse')}
</div>
</!${group}>
<p class="buttons"><button type="submit">${form.submit}</button> <button type="submit" class="quiet" form="annuler">${form.cancel}</button></p>
</form>
<form method="get" action="/aparts/" id="annuler"></form>`,
  };
}

function field(behaviour: Behaviour, name: FieldName, view: FormView): string {
  const { form } = behaviour;
  const rule = form.fields[name];
  const kept = (view.problems?.length ?? 0) === 0 || rule.keptAfterRefusal;
  const value = name !== 'reponse' || rule.keptAfterRefusal ? (kept ? (view.entries?.[name] ?? '') : '') : '';
  const error = errorOf(view.problems ?? [], name, rule.hint);
  return html`<div class="field ${rule.width}"><label for="${name}">${rule.label}${mark(rule.marked)}</label>
!${rule.hint ? html`<p class="hint" id="${name}-aide">${rule.hint}</p>` : ''}
!${control(behaviour, name, value, view, error.ties)}
!${error.text}</div>
`;
}

function control(behaviour: Behaviour, name: FieldName, value: string, view: FormView, ties: string): string {
  const { form } = behaviour;
  const rule = form.fields[name];
  const attributes = html`id="${name}" name="${name}"!${rule.marked ? ' required' : ''}!${ties}`;
  if (rule.control === 'choice') {
    return `<select ${attributes}>${options(['', ...rule.choices], value)}</select>`;
  }
  if (rule.control === 'towns') {
    const code = view.entries?.codePostal ?? '';
    const names = townsOf(code);
    const { none, choose, unknown, search } = form.towns;
    const first = code === '' ? none : names.length === 0 ? unknown : choose;
    const chosen = value || (names.length === 1 ? (names[0] ?? '') : '');
    return `<select ${attributes}>${html`<option value="">${first}</option>`}${options(names, chosen)}</select>
${html`<button type="submit" class="plain no-script" name="action" value="villes">${search}</button>`}`;
  }
  return html`<input !${attributes} type="${rule.control}"!${clientRules(form.notices, rule)} value="${value}">`;
}

function options(choices: readonly string[], chosen: string): string {
  return choices
    .map(
      (one) => html`<option!${one === chosen ? ' selected' : ''}!${one ? '' : ' value=""'}>${one}</option>`,
    )
    .join('');
}

/** What the page's script enforces, as attributes; the length works without it too. */
function clientRules(notices: Behaviour['form']['notices'], rule: FieldRule): string {
  return [
    rule.typedLimit === undefined ? '' : ` maxlength="${rule.typedLimit}" data-limit="${rule.typedLimit}"`,
    rule.autocomplete ? ` autocomplete="${rule.autocomplete}"` : '',
    rule.pasteRefused ? html` data-paste-refused="${notices.pasteRefused}"` : '',
    rule.dropRefused ? html` data-drop-refused="${notices.dropRefused}"` : '',
    rule.control === 'email' ? ' autocapitalize="none" spellcheck="false"' : '',
  ].join('');
}
