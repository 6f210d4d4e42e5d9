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
  ...[
    'denomination',
    'libelleVoie',
    'codePostal',
    'ville',
    'telephone',
    'courriel',
    'confirmerCourriel',
    'nom',
  ],
  ...[
    'prenom',
    'telephoneUtilisateur',
    'courrielUtilisateur',
    'confirmerCourrielUtilisateur',
    'questionSecrete',
  ],
  'reponse',
];
const optional = ['numeroVoie', 'extensionVoie', 'typeVoie', 'complement', 'fax'];
export const formFields: readonly string[] = [...mandatory, ...optional];
const limits: Readonly<Record<string, number>> = { libelleVoie: 28, complement: 38 };
const pairs = [
  ['courriel', 'confirmerCourriel'],
  ['courrielUtilisateur', 'confirmerCourrielUtilisateur'],
] as const;

const count = (text: string) => [...text.normalize('NFC')].length;

/** A text as it is kept: NFC, blanks run together; nothing at all when nothing of it can be seen. */
export function kept(name: string, sent: string): string {
  const text = sent.toWellFormed().normalize('NFC');
  if (name.toLowerCase().includes('courriel')) return keptAddress(text);
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
    if (choices && sent && !['', ...choices].includes(kept(name, sent)))
      open.push(`${name} is not of the list`);
  }
  for (const [first, second] of pairs) {
    const [one, other] = [single(fields, first), single(fields, second)];
    if (one !== undefined && other !== undefined && kept(first, one) !== kept(second, other))
      wrong.push(`${second} differs`);
  }
  const [code, town] = [single(fields, 'codePostal'), single(fields, 'ville')];
  if (code !== undefined && town !== undefined && !isTownOf(kept('codePostal', code), kept('ville', town))) {
    wrong.push('ville is not of codePostal');
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
  const limit = limits[name];
  if (limit !== undefined && count(text) > limit) wrong.push(`${name} is longer than ${limit}`);
  else if (limit !== undefined && count(sent) > limit)
    open.push(`${name} with its blanks is longer than ${limit}`);
  if (
    count(text) > (name.startsWith('telephone') || name === 'fax' ? 30 : 100) &&
    !name.includes('ourriel')
  ) {
    open.push(`${name} is very long`);
  }
  if (name.includes('ourriel')) judgeAddress(name, text, sent, { wrong, open });
  if ((name.startsWith('telephone') || name === 'fax') && !isTelephone(text))
    wrong.push(`${name} is no number`);
  if (name === 'numeroVoie' && !/^[1-9][0-9]{0,3}$/.test(text)) open.push('numeroVoie is unusual');
  if (name === 'codePostal') {
    if (!towns.has(text)) wrong.push('codePostal is unknown');
    else if (sent.trim() !== text) open.push('codePostal with blanks');
  }
}

/** One address that a mail can reach: one @, nothing invisible, no second recipient; the usual signs are fine. */
function judgeAddress(name: string, text: string, sent: string, { wrong, open }: Doubts): void {
  const parts = text.split('@');
  const [local = '', domain = ''] = parts;
  const around = sent.replace(sent.trim(), '');
  const ascii = domainToASCII(domain);
  const labels = ascii.split('.');
  if (parts.length !== 2 || local === '') wrong.push(`${name} has not one @ between two parts`);
  else if (/[\s\p{Cc}\p{Cf}\p{Default_Ignorable_Code_Point},;:<>()"\\[\]]/u.test(text))
    wrong.push(`${name} has forbidden signs`);
  else if (
    labels.length < 2 ||
    labels.some((label) => label === '' || label.length > 63) ||
    ascii.length > 253
  ) {
    wrong.push(`${name} names no domain`);
  } else if (/^[0-9]+$/.test(labels.at(-1) ?? '')) wrong.push(`${name} names no domain but numbers`);
  else if (!usual.test(text) || local.length > 64 || text.length > 254 || !/^[ \u00a0]*$/.test(around)) {
    open.push(`${name} is unusual`);
  }
}

const usual = /^[\w%+'-]+(?:\.[\w%+'-]+)*@(?:(?!xn--)[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,}$/;

function isTelephone(text: string): boolean {
  return (['FR', 'GP', 'GF', 'MQ', 'RE', 'YT'] as const).some((plan) => isValidPhoneNumber(text, plan));
}

function isTownOf(codePostal: string, ville: string): boolean {
  return towns.get(codePostal)?.includes(ville) ?? false;
}

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
