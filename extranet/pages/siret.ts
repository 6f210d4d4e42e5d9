import { html } from 'ghtml';
import type { Behaviour } from '../behaviour.ts';
import { codeInWords, codeLength } from '../captcha.ts';
import type { Problem } from '../input.ts';
import { alert, errorOf, mark, type Page } from './layout.ts';

/** What the SIRET step shows: the code of the session, what was typed, what is wrong. */
export type SiretView = {
  code: string;
  inWords?: boolean;
  siret?: string;
  ticked?: boolean;
  sentences?: readonly string[];
  problems?: readonly Problem[];
  /** Told in the live region, such as the change of the code. */
  told?: string;
};

/** The SIRET step. */
export function siretPage({ siret: rules }: Behaviour, view: SiretView): Page {
  const {
    code,
    inWords = false,
    siret = '',
    ticked = rules.terms.tickedOnArrival,
    sentences = [],
    problems = [],
  } = view;
  const { change, terms, spelled } = rules;
  const siretError = errorOf(problems, 'siret', rules.hint);
  const codeError = errorOf(problems, 'code', inWords ? 'words' : undefined);
  const termsError = errorOf(problems, 'cgu');
  const { tooltip } = change;
  const shown = `${tooltip.onHover ? ' on-hover' : ''}${tooltip.onFocus ? ' on-focus' : ''}${tooltip.dismissible ? ' dismissible' : ''}`;
  const alternative = rules.codeAlternative(code);
  const keeps = change.keepsSiret && change.keepsTerms;
  const opening = change.isButton
    ? html`button type="submit" class="icon" id="changer" formaction="/aparts/creation/code" formnovalidate aria-describedby="info-code" data-done="${change.done}"!${keeps ? ' data-keeps-entries' : ''}`
    : 'span class="icon"';
  return {
    title: sentences.length > 0 ? `Erreur – ${rules.title}` : rules.title,
    script: true,
    styles: ['security'],
    content: html`<h1>${rules.title}</h1>
!${alert(sentences, problems)}
<form method="post" action="/aparts/creation" novalidate class="card narrow" id="etape-siret">
<button type="submit" class="default" tabindex="-1" aria-hidden="true"></button>
<p>${rules.instruction}</p>
<p>${rules.explanation}</p>
<div class="field"><label for="siret">${rules.label}${mark(rules.marked.siret)}</label>
<p class="hint" id="siret-aide">${rules.hint}</p>
<input id="siret" name="siret" type="text" inputmode="numeric" autocomplete="off" required value="${siret}"!${siretError.ties}>
!${siretError.text}</div>
<fieldset><legend>${rules.security}</legend>
<div class="security">
<div class="field"><label for="code">${rules.codeLabel}${mark(rules.marked.code)}</label>
<input id="code" name="code" type="text" autocomplete="off" autocapitalize="characters" spellcheck="false" required!${codeError.ties}>
!${codeError.text}</div>
<div class="challenge">
!${
      inWords
        ? html`<p class="words" id="code-aide">${spelled.text} <strong>${codeInWords(code)}</strong></p>`
        : html`<img id="code-image" src="${rules.picture(code)}"!${alternative === undefined ? '' : html` alt="${alternative}"`} width="${codeLength * 38 + 16}" height="64">`
    }
<span class="tip!${shown}"><!${opening}>
<span class="away">${change.label}</span><svg aria-hidden="true" focusable="false" viewBox="0 0 24 24" width="24" height="24" fill="none" stroke="currentColor" stroke-width="2.2" stroke-linecap="round" stroke-linejoin="round"><path d="M4 10a8 8 0 0 1 14-3l2 2.4M20 4v5.4h-5.4M20 14a8 8 0 0 1-14 3l-2-2.4M4 20v-5.4h5.4"/></svg></!${change.isButton ? 'button' : 'span'}>
<span class="tooltip" role="tooltip" id="info-code"><strong>${tooltip.title}</strong> <span>${tooltip.text}</span></span></span>
</div>
</div>
<p class="told" role="status" id="annonce">${view.told ?? ''}</p>
!${spelled.offered ? html`<p><button type="submit" class="plain" name="forme" value="mots" formaction="/aparts/creation/code" formnovalidate>${spelled.label}</button></p>` : ''}
</fieldset>
<div class="field check"><input id="cgu" name="cgu" type="${terms.type}" value="oui" required!${ticked ? ' checked' : ''}!${termsError.ties}>
<label for="cgu">${terms.before}!${terms.target ? html`<a href="${terms.target}" target="_blank" title="${terms.link} (nouvelle fenêtre)">${terms.link}</a>` : html`${terms.link}`}${mark(rules.marked.terms)}</label>
!${termsError.text}</div>
<p class="buttons"><button type="submit">${rules.submit}</button> <button type="submit" class="quiet"!${rules.cancelLeaves ? ' form="annuler"' : ''}>${rules.cancel}</button></p>
</form>
<form method="get" action="/aparts/" id="annuler"></form>`,
  };
}
