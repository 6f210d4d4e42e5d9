import { hiddenNames, type Persona, type WireForm, type WireMap } from '../fixtures/wire-map.ts';
import type { Outcome } from './outcome.ts';
import { hasField, hiddenValues, tellsMaintenance } from './page.ts';
import { askElsewhere, type Page, send, submit, visit } from './site.ts';

/** The token of the test doors; "npx guichet serve" opens them with the default. */
const token = __ENV.TEST_TOKEN || 'guichet-local';

/** A step that went on, with its page; or how the visit ended there. */
export type Step = { page: Page; outcome?: undefined } | { page: Page; outcome: Outcome };

/** The home page, with the frames that it has. */
export function openHome({ home }: WireMap): Step {
  let page: Page | undefined;
  for (const path of home) {
    page = visit(path, 'accueil', { unread: true });
    if (page.status !== 200) return { page, outcome: lost(page, 'accueil') };
  }
  if (!page) throw new Error('the wire map has no home page');
  return { page };
}

/** The page of the SIRET step. */
export function openSiretStep({ siret }: WireMap): Step {
  const page = visit(siret.page, 'SIRET');
  return isOpen(page, siret) ? { page } : { page, outcome: lost(page, 'SIRET') };
}

/** The security code, VALIDER. `page` shows the SIRET step; goes on to the form. */
export function enterSiret(wire: WireMap, persona: Persona, page: Page): Step {
  const { siret, form } = wire;
  const body = filled(persona.siret, siret, page, readCode(wire));
  const next = submit(siret.action, 'VALIDER', body, page.path);
  if (isOpen(next, form)) return { page: next };
  if (hasField(next.html(), siret.key))
    return { page: next, outcome: { state: 'refused', status: next.status, detail: 'VALIDER' } };
  return { page: next, outcome: lost(next, 'VALIDER') };
}

/** The form's towns, then ENVOYER, again while the form comes back and the person has more to say. */
export function sendForm(wire: WireMap, persona: Persona, opened: Page): Outcome {
  const { form, siret, confirmation } = wire;
  for (const { method, path, headers, body } of wire.towns) {
    const whole = (text: string) => text.replaceAll('{codePostal}', persona.codePostal);
    const towns = send(method, whole(path), 'villes', body ? whole(body) : null, headers);
    if (towns.status !== 200) return lost(towns, 'villes');
  }
  let page = opened;
  for (const [at, body] of persona.forms.entries()) {
    page = submit(form.action, 'ENVOYER', filled(body, form, page), page.path);
    const { status } = page;
    const sent = { status, detail: 'ENVOYER', envoyerMs: page.firstMs() };
    // It may have arrived: the mails will tell.
    if (status === 0 && !page.unsent) return { ...sent, state: 'unknown', detail: `ENVOYER: ${page.error}` };
    if (status === 200 && page.redirected && page.path === confirmation)
      return { ...sent, state: 'accepted' };
    const html = page.html();
    if (hasField(html, form.key)) {
      if (at < persona.forms.length - 1) continue;
      return { ...sent, state: 'refused' };
    }
    const isThere = confirmation === undefined ? !hasField(html, siret.key) : page.path === confirmation;
    const isAccepted = status === 200 && isThere && !tellsMaintenance(html);
    return isAccepted ? { ...sent, state: 'accepted' } : { ...sent, ...lost(page, 'ENVOYER') };
  }
  throw new Error('the persona has no form to send');
}

function isOpen(page: Page, { key }: WireForm): boolean {
  return page.status === 200 && hasField(page.html(), key);
}

function readCode({ code }: WireMap): string {
  if (code.kind === 'none') return '';
  if (code.kind === 'fixed') return code.answer;
  const headers = { [code.tokenHeader]: token };
  if (!code.url.startsWith('/')) return JSON.parse(askElsewhere(code.url, headers)).code;
  const door = send('GET', code.url, 'code', null, headers);
  if (door.status !== 200) throw new Error(`code (TEST_TOKEN?): the door answered ${door.status}`);
  return JSON.parse(door.html()).code;
}

/** The body with the code, and what the page holds, in its places. */
function filled(body: string, form: WireForm, page: Page, code = ''): string {
  const values = hiddenValues(page.html(), form.key, namesOf(form));
  const parts = body.split('{');
  let whole = parts[0] ?? '';
  for (let at = 1; at < parts.length; at++) {
    const [place = '', rest = ''] = (parts[at] ?? '').split('}');
    whole += (place === 'code' ? encodeURIComponent(code) : posted(values[Number(place)] ?? '', form)) + rest;
  }
  return whole;
}

const namesByForm = new Map<WireForm, string[]>();

function namesOf(form: WireForm): string[] {
  const names = namesByForm.get(form) ?? hiddenNames(form);
  namesByForm.set(form, names);
  return names;
}

/** Throws for letters that k6, which reads every page as UTF-8, has not understood. */
function posted(value: string, { charset }: WireForm): string {
  if (charset !== 'utf-8' && /[^\t-~]/.test(value))
    throw new Error('a hidden field holds letters beyond ASCII, which are not copied from a Latin-1 page');
  return encodeURIComponent(value);
}

/** A page that leads nowhere; one that says so ends the run. */
function lost(page: Page, step: string): Outcome {
  const { path, status, error } = page;
  const detail = status === 0 ? `${step}: ${error}` : `${step}: ended on ${path}`;
  const stops = status === 503 || status === 429 || tellsMaintenance(page.html());
  return { state: 'errored', status, detail, ...(stops ? { stops } : {}) };
}
