import type { Behaviour } from '../behaviour.ts';
import { type FieldName, fieldNames } from '../fields.ts';
import { changed, changedFields, type Fault } from './fault.ts';

/** Each mandatory field and the requirement that it be refused empty. */
const mandatory: readonly [name: FieldName, requirement: string][] = [
  ['denomination', 'FORM-08'],
  ['libelleVoie', 'FORM-10'],
  ['codePostal', 'FORM-12'],
  ['ville', 'FORM-14'],
  ['telephone', 'FORM-16'],
  ['courriel', 'FORM-18'],
  ['confirmerCourriel', 'FORM-20'],
  ['nom', 'FORM-22'],
  ['prenom', 'FORM-24'],
  ['telephoneUtilisateur', 'FORM-26'],
  ['courrielUtilisateur', 'FORM-28'],
  ['confirmerCourrielUtilisateur', 'FORM-30'],
  ['questionSecrete', 'FORM-32'],
  ['reponse', 'FORM-34'],
];

/** Each optional field and the requirement that it may stay empty. */
const optional: readonly [name: FieldName, requirement: string][] = [
  ['numeroVoie', 'FORM-36'],
  ['extensionVoie', 'FORM-38'],
  ['typeVoie', 'FORM-40'],
  ['complement', 'FORM-42'],
  ['fax', 'FORM-44'],
];

function rules(behaviour: Behaviour, entries: Partial<Behaviour['form']['rules']>): Behaviour {
  return changed(behaviour, 'form', { rules: { ...behaviour.form.rules, ...entries } });
}

function towns(behaviour: Behaviour, entries: Partial<Behaviour['form']['towns']>): Behaviour {
  return changed(behaviour, 'form', { towns: { ...behaviour.form.towns, ...entries } });
}

/** Faults of the account form but for its e-mail fields. */
export const formFaults: readonly Fault[] = [
  ...mandatory.map(
    ([name, requirement]): Fault => ({
      name: `champ-${kebab(name)}-not-required`,
      breaks: [requirement],
      apply: (behaviour) => changedFields(behaviour, [name], { mandatory: false }),
    }),
  ),
  ...optional.map(
    ([name, requirement]): Fault => ({
      name: `champ-${kebab(name)}-required`,
      breaks: [requirement, 'FORM-80'],
      apply: (behaviour) => changedFields(behaviour, [name], { mandatory: true }),
    }),
  ),
  {
    name: 'optional-field-marked',
    breaks: ['FORM-06', 'FORM-43'],
    apply: (behaviour) => changedFields(behaviour, ['fax'], { marked: true }),
  },
  {
    name: 'mandatory-field-not-marked',
    breaks: ['FORM-06', 'FORM-21'],
    apply: (behaviour) => changedFields(behaviour, ['nom'], { marked: false }),
  },
  {
    name: 'street-label-29-accepted',
    breaks: ['FORM-46'],
    apply: (behaviour) => changedFields(behaviour, ['libelleVoie'], { typedLimit: undefined, limit: 100 }),
  },
  {
    name: 'street-label-29-accepted-by-server',
    breaks: ['FORM-46'],
    apply: (behaviour) => changedFields(behaviour, ['libelleVoie'], { limit: 100 }),
  },
  {
    name: 'street-label-cut-silently',
    breaks: ['FORM-46'],
    apply: (behaviour) =>
      changedFields(behaviour, ['libelleVoie'], { clean: (posted) => posted.trim().slice(0, 28) }),
  },
  {
    name: 'street-label-28-refused',
    breaks: ['FORM-45'],
    apply: (behaviour) => changedFields(behaviour, ['libelleVoie'], { limit: 27 }),
  },
  {
    name: 'street-label-counted-in-bytes',
    breaks: ['FORM-45'],
    apply: (behaviour) =>
      changedFields(behaviour, ['libelleVoie'], {
        problem: (value) => (Buffer.byteLength(value) > 28 ? '28 caractères au plus.' : undefined),
      }),
  },
  {
    name: 'complement-39-accepted',
    breaks: ['FORM-48'],
    apply: (behaviour) => changedFields(behaviour, ['complement'], { typedLimit: undefined, limit: 100 }),
  },
  {
    name: 'complement-39-accepted-by-server',
    breaks: ['FORM-48'],
    apply: (behaviour) => changedFields(behaviour, ['complement'], { limit: 100 }),
  },
  {
    name: 'complement-38-refused',
    breaks: ['FORM-47'],
    apply: (behaviour) => changedFields(behaviour, ['complement'], { limit: 37 }),
  },
  {
    name: 'limits-not-told',
    breaks: ['FORM-49'],
    apply: (behaviour) => changedFields(behaviour, ['libelleVoie', 'complement'], { hint: undefined }),
  },
  {
    name: 'town-hint-missing',
    breaks: ['FORM-50'],
    apply: (behaviour) => towns(behaviour, { none: '' }),
  },
  {
    name: 'towns-not-loaded',
    breaks: ['FORM-51'],
    apply: (behaviour) => towns(behaviour, { loaded: false }),
  },
  {
    name: 'foreign-town-kept',
    breaks: ['FORM-52'],
    apply: (behaviour) => rules(towns(behaviour, { dropsForeign: false }), { townBelongs: () => undefined }),
  },
  {
    name: 'telephone-with-spaces-refused',
    breaks: ['FORM-54'],
    apply: (behaviour) =>
      changedFields(behaviour, ['telephone'], {
        problem: (value) => (/^0[1-5][0-9]{8}$/.test(value) ? undefined : 'indiquez dix chiffres.'),
      }),
  },
  {
    name: 'siret-shown-in-part',
    breaks: ['FORM-04'],
    apply: (behaviour) => changed(behaviour, 'form', { siretShown: (siret) => siret.slice(0, 9) }),
  },
  {
    name: 'siret-tampering-accepted',
    breaks: ['FORM-05'],
    apply: (behaviour) =>
      changed(rules(behaviour, { siretUntouched: () => undefined }), 'form', {
        siretKept: (posted) => posted,
      }),
  },
  {
    name: 'form-open-without-siret-step',
    breaks: ['ROBUST-04'],
    apply: (behaviour) => changed(behaviour, 'form', { needsSiretStep: false }),
  },
  {
    name: 'mandatory-message-missing',
    breaks: ['FORM-74'],
    apply: (behaviour) =>
      changed(behaviour, 'form', { emptyMandatory: 'Le formulaire comporte des erreurs.' }),
  },
  {
    name: 'refusal-loses-entries',
    breaks: ['FORM-76'],
    apply: (behaviour) => changedFields(behaviour, fieldNames, { keptAfterRefusal: false }),
  },
  {
    name: 'confirmation-says-nothing',
    breaks: ['FORM-71', 'FORM-73'],
    apply: (behaviour) =>
      changed(behaviour, 'confirmation', {
        title: 'Activité partielle',
        worked: '',
        next: '',
        existingAccess: '',
      }),
  },
];

function kebab(name: string): string {
  return name.replace(/[A-Z]/g, (capital) => `-${capital.toLowerCase()}`);
}
