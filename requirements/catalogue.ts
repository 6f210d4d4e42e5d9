import { existingAccess } from './existing-access.ts';
import { formEstablishment } from './form-establishment.ts';
import { formRules } from './form-rules.ts';
import { formSending } from './form-sending.ts';
import { formTyping } from './form-typing.ts';
import { formUser } from './form-user.ts';
import { home } from './home.ts';
import { login } from './login.ts';
import { mail } from './mail.ts';
import { norms } from './norms.ts';
import type { RequirementEntry } from './requirement.ts';
import { siret } from './siret.ts';
import { support } from './support.ts';

/** Changes with any entry; written into every report. */
export const revision = '2026-11-23';

const entries = [
  ...home,
  ...login,
  ...siret,
  ...formEstablishment,
  ...formUser,
  ...formRules,
  ...formTyping,
  ...formSending,
  ...mail,
  ...support,
  ...existingAccess,
  ...norms,
] as const;

type Entry = (typeof entries)[number];
export type RequirementId = Entry['id'];
/** A MUST or a SHOULD: what a check can fail. */
export type JudgedId = Exclude<Entry, { level: 'INFO' }>['id'];
/** What is recorded and never fails. */
export type InfoId = Extract<Entry, { level: 'INFO' }>['id'];
export type Requirement = RequirementEntry & { id: RequirementId };

/** All requirements, in the order of the procedure. */
export const catalogue: readonly Requirement[] = entries;

const byId = new Map<string, Requirement>(catalogue.map((entry) => [entry.id, entry]));

/** The requirement of that id, or undefined for an id that comes from outside (a flag, a file). */
export function findRequirement(id: string): Requirement | undefined {
  return byId.get(id);
}
