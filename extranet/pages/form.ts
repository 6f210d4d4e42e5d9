import { html } from 'ghtml';
import type { Behaviour } from '../behaviour.ts';
import type { Entries } from '../demande.ts';
import type { FieldName, FieldRule } from '../fields.ts';
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
  const { notices, towns, errors } = form;
  const [group, name] = form.grouped ? ['fieldset', 'legend'] : ['div', 'p'];
  const part = (title: string) => html`<!${group} class="card"><!${name}>${title}</!${name}>`;
  const show = (group: keyof typeof form.groups) =>
    form.groups[group]
      .filter((name) => form.fields[name].shown)
      .map((name) => field(behaviour, name, view))
      .join('');
  return {
    title: sentences.length > 0 && errors.titled ? `Erreur – ${form.title}` : form.title,
    script: true,
    content: html`<h1>${form.title}</h1>
!${alert(sentences, problems, errors)}
<p>${form.explanation}</p>
<form method="post" action="/aparts/creation/compte"!${form.checkedByBrowser ? '' : ' novalidate'} id="demande" data-paste="${form.pasteRefusal}" data-towns="${towns.loaded ? '/aparts/communes' : ''}" data-towns-none="${towns.none}" data-towns-choose="${towns.choose}" data-towns-unknown="${towns.unknown}"!${towns.dropsForeign ? ' data-drops-foreign' : ''}>
<button type="submit" class="default" tabindex="-1" aria-hidden="true"></button>
<input type="hidden" name="jeton" value="${jeton}">
<p class="away" role="status" id="annonce"></p>
!${part(form.parts.establishment)}
<div class="fields">
!${show('identity')}
!${siretField(behaviour, siret, problems)}
!${show('address')}
</div>
<p class="notice">${notices.byHand}</p>
<div class="fields">
!${show('establishmentCourriels')}
</div>
</!${group}>
!${part(form.parts.account)}
<p class="notice">${notices.contact} ${notices.wrongAddress}</p>
<p class="notice">${notices.thirdParty}</p>
<div class="fields">
!${show('person')}
</div>
<p class="notice">${notices.byHand}</p>
<div class="fields">
!${show('personAccess')}
</div>
</!${group}>
<p class="buttons"><button type="submit"!${form.submitReachable ? '' : ' tabindex="-1"'}>${form.submit}</button> <button class="quiet"!${cancels[form.cancelDoes]}>${form.cancel}</button></p>
</form>
<form method="get" action="/aparts/" id="annuler"></form>`,
  };
}

/** What ANNULER is, by what it does. */
const cancels = { leave: ' type="submit" form="annuler"', nothing: ' type="button"', send: ' type="submit"' };

function siretField({ form }: Behaviour, siret: string, problems: readonly Problem[]): string {
  const { text, ties } = errorOf(problems, 'siret', undefined, form.errors);
  const shown = form.siretShown(siret);
  const box = form.siretEditable
    ? html`<input id="siret" name="siret" type="text"!${ties} value="${shown}">`
    : html`<input type="hidden" name="siret" value="${siret}"><output id="siret" name="siret" tabindex="-1"!${ties}>${shown}</output>`;
  return html`<div class="field full"><label for="siret">${form.siretLabel} :</label> !${box}
!${text}</div>`;
}

function field(behaviour: Behaviour, name: FieldName, view: FormView): string {
  const { form } = behaviour;
  const rule = form.fields[name];
  const kept = (view.problems?.length ?? 0) === 0 || rule.keptAfterRefusal;
  const value = name !== 'reponse' || rule.keptAfterRefusal ? (kept ? (view.entries?.[name] ?? '') : '') : '';
  const error = errorOf(view.problems ?? [], name, rule.hint, form.errors);
  const labelling = (rule.labelTied ? ` for="${name}"` : '') + (rule.labelShown ? '' : ' hidden');
  return html`<div class="field ${rule.width}"><label!${labelling}>${rule.label}${mark(rule.marked)}</label>
!${rule.hint ? html`<p class="hint" id="${name}-aide">${rule.hint}</p>` : ''}
!${control(behaviour, name, value, view, error.ties)}
!${error.text}</div>
`;
}

function control(behaviour: Behaviour, name: FieldName, value: string, view: FormView, ties: string): string {
  const { form } = behaviour;
  const rule = form.fields[name];
  const attributes = html`id="${name}" name="${name}"!${keyboardRules(rule)}!${rule.marked && form.requiredExposed ? ' required' : ''}!${ties}`;
  if (rule.control === 'choice') {
    return `<select ${attributes}>${options(['', ...rule.choices], value)}</select>`;
  }
  if (rule.control === 'towns') {
    const code = view.entries?.codePostal ?? '';
    const names = form.towns.of(code);
    const { none, choose, unknown, search } = form.towns;
    const first = code === '' ? none : names.length === 0 ? unknown : choose;
    const chosen = value || (names.length === 1 ? (names[0] ?? '') : '');
    return `<select ${attributes}>${html`<option value="">${first}</option>`}${options(names, chosen)}</select>
${html`<button type="submit" class="plain no-script" name="action" value="villes">${search}</button>`}`;
  }
  return html`<input !${attributes} type="${rule.control}"!${clientRules(form.notices, rule)} value="!${form.typedAgain(value)}">`;
}

function options(choices: readonly string[], chosen: string): string {
  return choices
    .map(
      (one) => html`<option!${one === chosen ? ' selected' : ''}!${one ? '' : ' value=""'}>${one}</option>`,
    )
    .join('');
}

/** What a keyboard and assistive technology meet that is not as HTML has it by itself. */
function keyboardRules({ spoken, tabindex, keysRefused }: FieldRule): string {
  return [
    spoken === undefined ? '' : html` aria-label="${spoken}"`,
    tabindex === undefined ? '' : ` tabindex="${tabindex}"`,
    keysRefused.length === 0 ? '' : html` data-keys-refused="${keysRefused.join(' ')}"`,
  ].join('');
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
