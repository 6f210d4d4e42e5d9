import { html } from 'ghtml';
import type { Behaviour } from '../behaviour.ts';
import type { Problem } from '../input.ts';
import { alert, errorOf, mark, type Page } from './layout.ts';

type Field = {
  name: string;
  label: string;
  value?: string;
  hint?: string;
  type?: 'text' | 'email';
  autocomplete: string;
};

/** What went wrong on one of these pages: sentences above, problems at their fields. */
export type Refusal = { sentences: readonly string[]; problems: readonly Problem[] };

const none: Refusal = { sentences: [], problems: [] };

/** Asks for the SIRET and the contact person's address. */
export function forgottenUserPage(
  behaviour: Behaviour,
  typed: { siret: string; courriel: string },
  refusal = none,
): Page {
  const { login, recovery } = behaviour;
  const { identifiant: texts } = recovery;
  return formPage(behaviour, login.forgottenUser, refusal, {
    action: '/aparts/identifiant-oublie',
    before: html`<p>${texts.intro}</p>`,
    fields: [
      { name: 'siret', label: texts.siret, value: typed.siret, hint: texts.siretHint, autocomplete: 'off' },
      {
        name: 'courriel',
        label: texts.courriel,
        value: typed.courriel,
        hint: texts.courrielHint,
        type: 'email',
        autocomplete: 'email',
      },
    ],
    submit: recovery.submit,
  });
}

/** Asks for the identifier whose password is forgotten. */
export function forgottenPasswordPage(behaviour: Behaviour, identifiant: string, refusal = none): Page {
  const { login, recovery } = behaviour;
  const { motDePasse: texts } = recovery;
  return formPage(behaviour, login.forgottenPassword, refusal, {
    action: '/aparts/mot-de-passe-oublie',
    before: html`<p>${texts.intro}</p>`,
    fields: [{ name: 'identifiant', label: texts.identifiant, value: identifiant, autocomplete: 'username' }],
    submit: texts.next,
  });
}

/** Asks the secret question. */
export function questionPage(behaviour: Behaviour, question: string, refusal = none): Page {
  const { recovery } = behaviour;
  const { motDePasse: texts } = recovery;
  return formPage(behaviour, texts.question, refusal, {
    action: '/aparts/mot-de-passe-oublie/question',
    before: html`<p><strong id="question">${question}</strong></p>`,
    fields: [{ name: 'reponse', label: texts.answer, hint: texts.answerHint, autocomplete: 'off' }],
    submit: recovery.submit,
  });
}

/** Says what was sent. */
export function sentPage({ recovery }: Behaviour, title: string, sent: string): Page {
  return {
    title,
    content: html`<h1>${title}</h1>
<div class="success" role="status"><p>${sent}</p></div>
<p><a href="/aparts/">${recovery.back}</a></p>`,
  };
}

function formPage(
  { recovery }: Behaviour,
  title: string,
  { sentences, problems }: Refusal,
  form: { action: string; before: string; fields: readonly Field[]; submit: string },
): Page {
  return {
    title: sentences.length > 0 ? `Erreur – ${title}` : title,
    content: html`<h1>${title}</h1>
!${alert(sentences, problems)}
<form method="post" action="${form.action}" novalidate class="card narrow">
!${form.before}
<p>${recovery.explanation}</p>
!${form.fields.map((one) => field(one, problems)).join('')}
<p class="buttons"><button type="submit">${form.submit}</button></p>
</form>
<p><a href="/aparts/">${recovery.back}</a></p>`,
  };
}

function field(
  { name, label, value = '', hint, type = 'text', autocomplete }: Field,
  problems: readonly Problem[],
) {
  const error = errorOf(problems, name, hint);
  return html`<div class="field"><label for="${name}">${label}${mark(true)}</label>
!${hint ? html`<p class="hint" id="${name}-aide">${hint}</p>` : ''}
<input id="${name}" name="${name}" type="${type}" autocomplete="${autocomplete}" autocapitalize="none" spellcheck="false" required value="${value}"!${error.ties}>!${error.text}</div>
`;
}
