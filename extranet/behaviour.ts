import type { Coupling } from './coupling.ts';
import { fields, groups } from './fields.ts';
import type { MailKind } from './mails.ts';
import { mails } from './mails.ts';
import { recovery } from './recovery-rules.ts';
import { simulation } from './simulation.ts';
import type { Site } from './sites.ts';
import { formTexts, siret } from './steps.ts';
import { terms } from './terms.ts';
import { confirmation, espace, home, login, siblings, site, support } from './texts.ts';

/** A step of the back office. */
export type Step = 'validation' | 'identifiant' | 'motDePasse' | 'habilitation';

/** What makes two people's access the same: the establishment's SIRET, or the contact person's address. */
export type AccessKey = 'siret' | 'courriel';

const backOffice = {
  /** The steps of a demande, for a first access and for an establishment that has one. */
  firstAccess: ['validation', 'identifiant', 'motDePasse', 'habilitation'] as readonly Step[],
  existingAccess: ['validation', 'habilitation'] as readonly Step[],
  /** Minutes from the step before (from ENVOYER for the first). */
  minutes: { validation: 15, identifiant: 90, motDePasse: 15, habilitation: 0 } as Readonly<
    Record<Step, number>
  >,
  /** The mails that a step writes. */
  mails: {
    validation: [],
    identifiant: ['identifiant'],
    motDePasse: ['motDePasse'],
    habilitation: ['habilitation'],
  } as Readonly<Record<Step, readonly MailKind[]>>,
  /** The mails of a demande that the back office refuses, at the automatic validation or by an agent. */
  mailsOfRefusedDemande: ['refus'] as readonly MailKind[],
  /** The mails that a refused ENVOYER writes. */
  mailsOnRefusal: [] as readonly MailKind[],
  /** What names an existing access, tried in turn. */
  accessKeys: ['siret', 'courriel'] as readonly AccessKey[],
  /** The step that an agent does; the others are automatic. */
  byAgent: 'habilitation' as Step,
  agents: 20,
  minutesPerDemande: 12,
  /** Every day, so that 48 hours hold at week-ends. */
  opening: { from: 8 * 60, to: 18 * 60, days: [0, 1, 2, 3, 4, 5, 6] as readonly number[] },
  /** Minutes between attempts to hand a mail over; the last one repeats. */
  retryMinutes: [1, 5, 15, 60] as readonly number[],
  /** What busy pages do to it: nothing. */
  coupling: { extraMinutes: () => 0, loses: () => false } as Coupling,
};

const account = {
  /** What the mails tell of a drawn identifier and temporary password. */
  mailedPassword: (drawn: string): string => drawn,
  mailedIdentifiant: (drawn: string): string => drawn,
  /** What counts as the right password, told whether it is. */
  accepts: (right: boolean): boolean => right,
  /**
   * Whether the password, and the one before the last change, open a site. `changedOn` is where it was changed;
   * `temporary`: it was drawn.
   */
  currentOpens: (_site: Site, _changedOn: Site | null, _temporary: boolean): boolean => true,
  formerOpens: (_site: Site, _changedOn: Site | null): boolean => false,
};

/**
 * The procedure as published: all rules, limits, texts, steps and composers of the extranet, by surface. Every
 * page, validator and step reads its rule here at the moment it applies.
 */
export const procedure = {
  site,
  home,
  login,
  espace,
  siblings,
  recovery,
  support,
  terms,
  siret,
  form: { ...formTexts, groups, fields },
  confirmation,
  simulation,
  backOffice,
  account,
  mails,
  /** How long a session lasts, in minutes. */
  sessionMinutes: 8 * 60,
};

export type Behaviour = Readonly<typeof procedure>;
