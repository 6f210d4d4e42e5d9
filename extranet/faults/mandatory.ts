import type { FieldName } from '../fields.ts';
import { changed, changedFields, type Fault } from './fault.ts';
import { envoyer } from './probe.ts';

/** Each mandatory field and the requirement that it be refused empty. */
export const mandatory: readonly [name: FieldName, requirement: string][] = [
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

const blanks: readonly [fault: string, name: FieldName, requirement: string][] = [
  ['blanks-taken-for-a-denomination', 'denomination', 'FORM-08'],
  ['blanks-taken-for-a-name', 'nom', 'FORM-22'],
  ['blanks-taken-for-an-answer', 'reponse', 'FORM-34'],
];

/** Faults of what is mandatory: accepted empty, asked for without need, refused without a word about it. */
export const mandatoryFaults: readonly Fault[] = [
  ...mandatory.map(
    ([name, requirement]): Fault => ({
      name: `champ-${kebab(name)}-not-required`,
      breaks: [requirement, 'ROBUST-04'],
      apply: (behaviour) => changedFields(behaviour, [name], { mandatory: false }),
      probe: envoyer({ [name]: '' }),
    }),
  ),
  ...optional.map(
    ([name, requirement]): Fault => ({
      name: `champ-${kebab(name)}-required`,
      breaks: [requirement, 'FORM-80'],
      apply: (behaviour) => changedFields(behaviour, [name], { mandatory: true }),
      probe: envoyer(),
    }),
  ),
  ...blanks.map(
    ([name, field, requirement]): Fault => ({
      name,
      breaks: [requirement],
      apply: (behaviour) => changedFields(behaviour, [field], { clean: (posted) => posted }),
      probe: envoyer({ [field]: '   ' }),
    }),
  ),
  {
    name: 'empty-name-refused-by-browser-only',
    breaks: ['FORM-22', 'FORM-74', 'ROBUST-04'],
    apply: (behaviour) =>
      changed(changedFields(behaviour, ['nom'], { mandatory: false }), 'form', { checkedByBrowser: true }),
    probe: envoyer({ nom: '' }),
  },
  {
    name: 'empty-name-crashes-the-site',
    breaks: ['FORM-22', 'ROBUST-04'],
    apply: (behaviour) =>
      changedFields(behaviour, ['nom'], {
        clean: (posted) => {
          if (posted === '') throw new TypeError('nom is null');
          return behaviour.form.fields.nom.clean(posted);
        },
      }),
    probe: envoyer({ nom: '' }),
  },
  {
    name: 'refusal-does-not-name-the-field',
    breaks: [
      ...mandatory.map(([, requirement]) => requirement),
      ...['FORM-46', 'FORM-48', 'FORM-52', 'FORM-60', 'A11Y-08'],
    ],
    apply: (behaviour) => changed(behaviour, 'form', { named: () => '' }),
    probe: envoyer({ prenom: '' }),
  },
  {
    name: 'error-of-name-speaks-of-first-name',
    breaks: ['FORM-22', 'A11Y-08'],
    apply: (behaviour) =>
      changed(behaviour, 'form', { named: (label) => (label === 'Nom' ? 'Prénom' : label) }),
    probe: envoyer({ nom: '' }),
  },
  {
    name: 'mandatory-message-missing',
    breaks: ['FORM-74'],
    apply: (behaviour) =>
      changed(behaviour, 'form', { emptyMandatory: 'Le formulaire comporte des erreurs.' }),
    probe: envoyer({ nom: '' }),
  },
  {
    name: 'mandatory-message-without-its-mark',
    breaks: ['FORM-74'],
    apply: (behaviour) =>
      changed(behaviour, 'form', { emptyMandatory: 'Tous les champs ne sont pas renseignés.' }),
    probe: envoyer({ nom: '' }),
  },
];

function kebab(name: string): string {
  return name.replace(/[A-Z]/g, (capital) => `-${capital.toLowerCase()}`);
}
