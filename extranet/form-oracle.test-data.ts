import { readFileSync } from 'node:fs';
import { domainToASCII } from 'node:url';
import { isValidPhoneNumber } from 'libphonenumber-js/max';
import type { Sent, Step } from './generated-forms.test-data.ts';

// What the procedure says of a posted form, read from its text and never from the extranet's own rules.

/** `either` where the procedure leaves it open. */
export type Verdict = { says: 'accepted' | 'refused' | 'either'; why: string[] };

/** What is posted under each name. */
export type Fields = ReadonlyMap<string, Sent>;

const towns = new Map<string, readonly string[]>(
  Object.entries(JSON.parse(readFileSync(new URL('communes.json', import.meta.url), 'utf8'))),
);

/** « … renseignez les informations obligatoires suivantes ». */
const mandatory = [
  ...['denomination', 'libelleVoie', 'codePostal', 'ville', 'telephone', 'courriel', 'confirmerCourriel'],
  ...['nom', 'prenom', 'telephoneUtilisateur', 'courrielUtilisateur', 'confirmerCourrielUtilisateur'],
  ...['questionSecrete', 'reponse'],
];
const optional = ['numeroVoie', 'extensionVoie', 'typeVoie', 'complement', 'fax'];
export const formFields: readonly string[] = [...mandatory, ...optional];
const limits: Readonly<Record<string, number>> = { libelleVoie: 28, complement: 38 };
const pairs = [
  ['courriel', 'confirmerCourriel'],
  ['courrielUtilisateur', 'confirmerCourrielUtilisateur'],
] as const;

const isAddress = (name: string) => /courriel/i.test(name);
const isTelephone = (name: string) => /^(telephone|fax)/.test(name);
const count = (text: string) => [...text.normalize('NFC')].length;

/** A text as it is kept: NFC, blanks run together; nothing at all when nothing of it can be seen. */
export function kept(name: string, sent: string): string {
  const text = sent.toWellFormed().normalize('NFC');
  if (isAddress(name)) return keptAddress(text);
  if (/^[\s\p{Cc}\p{Default_Ignorable_Code_Point}]*$/u.test(text)) return '';
  const line = text.replace(/[\s\p{Cc}]+/gu, ' ').trim();
  return name === 'codePostal' ? line.replaceAll(' ', '') : line;
}

function keptAddress(text: string): string {
  const address = text.trim();
  const at = address.lastIndexOf('@') + 1;
  return address.slice(0, at) + address.slice(at).toLowerCase();
}

/** Whom the mail server is asked to deliver to: domains travel in ASCII. */
export function recipient(address: string): string {
  const at = address.lastIndexOf('@') + 1;
  return address.slice(0, at) + (domainToASCII(address.slice(at)) || address.slice(at));
}

/** What is posted under a name, as one text; undefined when it is posted several times. */
function single(fields: Fields, name: string): string | undefined {
  const sent = fields.get(name) ?? '';
  if (typeof sent === 'string') return sent.toWellFormed();
  return sent.length > 1 ? undefined : (sent[0] ?? '').toWellFormed();
}

/** The verdict on a form for an establishment; `offered` holds what each list of the page offers. */
export function judge(
  fields: Fields,
  siret: string,
  offered: ReadonlyMap<string, readonly string[]>,
): Verdict {
  const wrong: string[] = [];
  const open: string[] = [];
  if (single(fields, 'action') === 'villes') wrong.push('looks the towns up');
  else if (fields.has('action')) open.push('action');
  judgeSiret(single(fields, 'siret'), siret, { wrong, open });

  for (const name of formFields) {
    const sent = single(fields, name);
    if (sent === undefined) open.push(`${name} several times`);
    else if (kept(name, sent) !== '') judgeField(name, sent, { wrong, open });
    else if (mandatory.includes(name)) wrong.push(`${name} is mandatory`);
    const choices = offered.get(name);
    const listed = sent === undefined || !choices || ['', ...choices].includes(kept(name, sent));
    if (!listed) open.push(`${name} is not of the list`);
  }
  for (const [first, second] of pairs) {
    const [one, other] = [single(fields, first), single(fields, second)];
    if (one === undefined || other === undefined) continue;
    if (kept(first, one) !== kept(second, other)) wrong.push(`${second} differs`);
  }
  const [code, town] = [single(fields, 'codePostal'), single(fields, 'ville')];
  if (code !== undefined && town !== undefined) {
    const choices = towns.get(kept('codePostal', code)) ?? [];
    if (!choices.includes(kept('ville', town))) wrong.push('ville is not of codePostal');
  }
  if (wrong.length > 0) return { says: 'refused', why: wrong };
  return open.length > 0 ? { says: 'either', why: open } : { says: 'accepted', why: [] };
}

type Doubts = { wrong: string[]; open: string[] };

function judgeSiret(posted: string | undefined, siret: string, { wrong, open }: Doubts): void {
  if (posted === siret) return;
  if (posted === undefined || ['', siret].includes(posted.trim())) open.push('siret not as shown');
  else wrong.push('siret was tampered with');
}

function judgeField(name: string, sent: string, { wrong, open }: Doubts): void {
  const text = kept(name, sent);
  const limit = limits[name] ?? Number.POSITIVE_INFINITY;
  if (count(text) > limit) wrong.push(`${name} is longer than ${limit}`);
  else if (count(sent) > limit) open.push(`${name} with its blanks is longer than ${limit}`);
  if (isAddress(name)) judgeAddress(name, sent, { wrong, open });
  else if (count(text) > (isTelephone(name) ? 30 : 100)) open.push(`${name} is very long`);
  if (isTelephone(name) && !plans.some((plan) => isValidPhoneNumber(text, plan))) {
    wrong.push(`${name} is no number`);
  }
  if (name === 'numeroVoie' && !/^[1-9][0-9]{0,3}$/.test(text)) open.push('numeroVoie is unusual');
  if (name === 'codePostal' && !towns.has(text)) wrong.push('codePostal is unknown');
  if (name === 'codePostal' && sent.trim() !== text) open.push('codePostal with blanks');
}

const plans = ['FR', 'GP', 'GF', 'MQ', 'RE', 'YT'] as const;

/** One address that a mail can reach: one @, nothing invisible, no second recipient; the usual signs are fine. */
function judgeAddress(name: string, sent: string, { wrong, open }: Doubts): void {
  const text = kept(name, sent);
  const [local = '', domain = '', ...others] = text.split('@');
  const ascii = domainToASCII(domain);
  const labels = ascii.split('.');
  const says = (is: boolean, doubts: string[], why: string) => is && doubts.push(`${name} ${why}`);
  says(local === '' || others.length > 0, wrong, 'has not one @ after a name');
  says(forbidden.test(text), wrong, 'has forbidden signs');
  says(labels.length < 2 || ascii.length > 253, wrong, 'names no domain');
  says(!labels.every((label) => /^.{1,63}$/.test(label)), wrong, 'names no domain');
  says(/^[0-9]+$/.test(labels.at(-1) ?? ''), wrong, 'names a domain of numbers');
  says(!usual.test(text) || local.length > 64 || text.length > 254, open, 'is unusual');
  says(!/^[ \u00a0]*$/.test(sent.replace(sent.trim(), '')), open, 'has unusual blanks around');
}

const forbidden = /[\s\p{Cc}\p{Cf}\p{Default_Ignorable_Code_Point},;:<>()"\\[\]]/u;
const usual = /^[\w%+'-]+(?:\.[\w%+'-]+)*@(?:(?!xn--)[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,}$/;

/** The verdict on a SIRET step; the check digits of a SIRET are left open. */
export function judgeStep({ siret, code, cgu }: Step, rightCode: string): Verdict['says'] {
  const verdicts = [judgeSiretTyped(siret), judgeCode(code, rightCode), judgeTerms(cgu)];
  if (verdicts.includes('refused')) return 'refused';
  return verdicts.includes('either') ? 'either' : 'accepted';
}

function judgeSiretTyped(sent: Sent): Verdict['says'] {
  if (typeof sent !== 'string') return sent === null ? 'refused' : 'either';
  const digits = sent.replace(/\s/g, '');
  if (/^[0-9]{14}$/.test(digits)) return hasCheckDigits(digits) ? 'accepted' : 'either';
  const visible = sent.replace(/[\p{Cc}\p{Default_Ignorable_Code_Point}\s]/gu, '');
  return /^[0-9]{14}$/.test(visible) ? 'either' : 'refused';
}

function judgeCode(sent: Sent, right: string): Verdict['says'] {
  if (sent === right) return 'accepted';
  if (typeof sent !== 'string') return sent === null ? 'refused' : 'either';
  return sent.replace(/\s/g, '').toUpperCase() === right ? 'either' : 'refused';
}

function judgeTerms(sent: Sent): Verdict['says'] {
  if (sent === 'oui') return 'accepted';
  return sent === null || sent === '' ? 'refused' : 'either';
}

function hasCheckDigits(siret: string): boolean {
  return sumOf(siret) % 10 === 0 && sumOf(siret.slice(0, 9)) % 10 === 0 && Number(siret) > 0;
}

/** The sum of Luhn: every second digit from the right counts double, by its own digits. */
function sumOf(digits: string): number {
  return [...digits]
    .reverse()
    .map((digit, rank) => Number(digit) * (rank % 2 === 1 ? 2 : 1))
    .reduce((sum, value) => sum + (value > 9 ? value - 9 : value), 0);
}

/** The SIRET of an invented establishment: one per `n` up to 89,999,999. */
export function inventedSiret(n: number): string {
  const withCheck = (digits: string) => `${digits}${(10 - (sumOf(`${digits}0`) % 10)) % 10}`;
  return withCheck(`${withCheck(String(10_000_000 + n))}0001`);
}
