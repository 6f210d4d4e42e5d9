import type { RequirementEntry } from './requirement.ts';

/** An establishment that already has an access, and the sibling extranets. */
export const existingAccess = [
  {
    id: 'ACCT-01',
    source: 'seed',
    level: 'MUST',
    surface: 'mail',
    quote: "les mails d'identifiant et de mot de passe ne seront pas renvoyés à l'établissement",
    check: 'For an establishment seeded with an existing ASP access, no identifier mail is sent.',
    note: "Key of « a déjà un accès » (SIRET, e-mail or both) not stated; SYLAé's public FAQ keys on the e-mail address.",
  },
  {
    id: 'ACCT-02',
    source: 'seed',
    level: 'MUST',
    surface: 'mail',
    quote: "les mails d'identifiant et de mot de passe ne seront pas renvoyés à l'établissement",
    check: 'For an establishment seeded with an existing ASP access, no password mail is sent.',
    note: 'Same ambiguity on the key.',
  },
  {
    id: 'ACCT-03',
    source: 'seed',
    level: 'SHOULD',
    surface: 'mail',
    quote: "les mails d'identifiant et de mot de passe ne seront pas renvoyés à l'établissement",
    check:
      'For an establishment with an existing access, the habilitation mail is still sent (1 mail in all).',
    note: 'Only implied: the sentence removes two of the three mails.',
  },
  {
    id: 'ACCT-04',
    source: 'seed',
    level: 'MUST',
    surface: 'login',
    quote: "car il s'agit des mêmes identifiant et mot de passe.",
    check:
      'The identifier already used on the other extranet opens Activité Partielle after the habilitation.',
  },
  {
    id: 'ACCT-05',
    source: 'seed',
    level: 'MUST',
    surface: 'login',
    quote: "car il s'agit des mêmes identifiant et mot de passe.",
    check: 'The password already used on the other extranet opens Activité Partielle unchanged.',
  },
  {
    id: 'ACCT-06',
    source: 'seed',
    level: 'INFO',
    surface: 'login',
    quote: "aux sites extranet gérés par l'ASP",
    check: 'The harness models at least one sibling extranet sharing the account store.',
    note: 'A black box without a sibling cannot check it: report « non vérifiable ».',
  },
  {
    id: 'ACCT-07',
    source: 'seed',
    level: 'INFO',
    surface: 'login',
    quote: "tels que SYLAé, APEA ou d'autres sites",
    check: 'An access held on SYLAé counts as an existing access.',
    note: 'Needs a seeded sibling.',
  },
  {
    id: 'ACCT-08',
    source: 'seed',
    level: 'INFO',
    surface: 'login',
    quote: "tels que SYLAé, APEA ou d'autres sites",
    check: 'An access held on APEA counts as an existing access.',
    note: 'Needs a seeded sibling.',
  },
  {
    id: 'ACCT-09',
    source: 'seed',
    level: 'INFO',
    surface: 'login',
    quote: "tels que SYLAé, APEA ou d'autres sites",
    check: 'An access held on another ASP site counts as an existing access.',
    note: 'Open-ended list.',
  },
  {
    id: 'ACCT-10',
    source: 'seed',
    level: 'MUST',
    surface: 'login',
    quote:
      "En cas de changement de mot de passe, la modification s'applique à tous les sites extranet gérés par l'ASP.",
    check:
      'After a password change on one site, the new password opens, and the old one no longer opens, every sibling site.',
    note: 'Where the password is changed, and the delay, are not stated.',
  },
  {
    id: 'ACCT-11',
    source: 'seed',
    level: 'INFO',
    surface: 'siret',
    quote: "l'établissement a déjà un accès aux sites extranet gérés par l'ASP",
    check:
      'Record what happens when the SIRET already has an Activité Partielle account (not another extranet).',
    note: 'Not covered by the seed; a public copy of the manual says registration is then impossible and the existing user must be contacted.',
  },
  {
    id: 'ACCT-12',
    source: 'seed',
    level: 'INFO',
    surface: 'home',
    quote: 'vous représentez un établissement ?',
    check:
      'Record whether an accountant can create the account alone or needs the CONTRAT DE PRESTATION first.',
    note: 'Relation between the contract and the form is not stated.',
  },
] as const satisfies readonly RequirementEntry[];
