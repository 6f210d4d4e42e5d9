import type { Outcome, RequirementResult, Results, ScenarioResult } from './results.ts';

export type Surface = RequirementResult['surface'];
export type Level = RequirementResult['level'];

/** The steps of the procedure in the order in which an applicant meets them. */
export const surfaces: Readonly<Record<Surface, string>> = {
  home: 'Page d’accueil',
  siret: 'Étape SIRET',
  form: 'Formulaire',
  mail: 'Les trois mails',
  login: 'Connexion',
  support: 'Assistance',
};

export const levels: Readonly<Record<Level, string>> = {
  MUST: 'exigé par la procédure',
  SHOULD: 'recommandé : un écart avertit',
  INFO: 'relevé, jamais sanctionné',
};

/** Singular and plural, agreeing with « exigence ». */
export const outcomes: Readonly<Record<Outcome, readonly [one: string, many: string]>> = {
  passed: ['satisfaite', 'satisfaites'],
  failed: ['non satisfaite', 'non satisfaites'],
  cantTell: ['indécidable', 'indécidables'],
  untested: ['non testée', 'non testées'],
  inapplicable: ['inapplicable', 'inapplicables'],
};

export const statuses: Readonly<Record<ScenarioResult['status'], string>> = {
  passed: 'réussi',
  failed: 'échoué',
  aborted: 'abandonné',
  pending: 'attend ses mails',
  interrupted: 'interrompu',
};

export const verdicts: Readonly<Record<Results['verdict']['outcome'], string>> = {
  conform: 'Conforme',
  'not-conform': 'Non conforme',
  inconclusive: 'Non concluant',
};

/** `3 non testées`: French takes the singular below two. */
export function counted(count: number, [one, many]: readonly [string, string]): string {
  return `${count} ${count < 2 ? one : many}`;
}

/** French spacing that no line break may open: inside guillemets, before a colon and its like, after a number. */
export function typeset(text: string): string {
  return text.replace(/« | (?=[»:;?!])|(?<=\d) (?=\p{L})/gu, (space) => space.replace(' ', '\u00a0'));
}

/** `850 ms`, `12,4 s`, `2 min 05 s`. */
export function duration(milliseconds: number): string {
  if (milliseconds < 1000) return `${Math.round(milliseconds)} ms`;
  const tenths = Math.round(milliseconds / 100);
  if (tenths < 600) return `${(tenths / 10).toFixed(1).replace('.', ',')} s`;
  const seconds = Math.round(milliseconds / 1000);
  return `${Math.floor(seconds / 60)} min ${String(seconds % 60).padStart(2, '0')} s`;
}

/** `27 novembre 2026 à 19:20 (heure de Paris)`, from ISO 8601. */
export function sayInstant(instant: string): string {
  const said = new Intl.DateTimeFormat('fr-FR', {
    dateStyle: 'long',
    timeStyle: 'short',
    timeZone: 'Europe/Paris',
  }).format(new Date(instant));
  return `${said} (heure de Paris)`;
}

/** `1 h 45`, `12 min`; a mailbox whose clock runs behind may stamp before the demande. */
export function sayHours(hours: number): string {
  const minutes = Math.max(0, Math.round(hours * 60));
  return minutes < 60
    ? `${minutes} min`
    : `${Math.floor(minutes / 60)} h ${String(minutes % 60).padStart(2, '0')}`;
}

/** `2,5 %`, from a part of one. */
export function sayPart(part: number): string {
  return `${(100 * part).toFixed(1).replace('.', ',')} %`;
}

/** `44 500`, with so many digits behind the comma at most. */
export function sayCount(value: number, digits = 0): string {
  return value.toLocaleString('fr-FR', { maximumFractionDigits: digits }).replace(/\u202f/g, ' ');
}

/** What each mail is called. */
export const mailKinds = {
  identifiant: 'identifiant',
  'mot-de-passe': 'mot de passe',
  habilitation: 'habilitation',
  other: 'sans rapport',
} as const;
