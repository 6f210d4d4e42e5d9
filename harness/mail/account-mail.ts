import type { Message } from './message.ts';

/** What the mails of the procedure bring; one mail should bring one of them. */
export const accountContents = ['identifiant', 'mot-de-passe', 'habilitation'] as const;
export type AccountContent = (typeof accountContents)[number];

/** What one mail brings, and the credentials that it tells. */
export type AccountMail = {
  contents: AccountContent[];
  identifiant: string | undefined;
  motDePasse: string | undefined;
};

const identifiantLine = /identifiant(?: de connexion)?\s*:\s*(\S+)/iu;
const motDePasseLine = /mot de passe(?: [\p{L} ]+)?\s*:\s*(\S+)/iu;

/** Reads a mail by the lines that give credentials, else by the word habilitation (MAIL-05 to MAIL-07). */
export function readAccountMail({ subject, text }: Message): AccountMail {
  const identifiant = identifiantLine.exec(text)?.[1];
  const motDePasse = motDePasseLine.exec(text)?.[1];
  const contents: AccountContent[] = [];
  if (identifiant) contents.push('identifiant');
  if (motDePasse) contents.push('mot-de-passe');
  if (contents.length === 0 && /habilitation/i.test(`${subject} ${text}`)) contents.push('habilitation');
  return { contents, identifiant, motDePasse };
}
