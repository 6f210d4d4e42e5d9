import type { FieldName } from '../fields.ts';
import { changed, changedFields, changedForm, type Fault } from './fault.ts';
import { mandatory } from './mandatory.ts';
import { form, formField } from './probe.ts';

type Row = [fault: string, requirement: string, name: FieldName];

const renamed: readonly [...Row, label: string][] = [
  ['denomination-called-raison-sociale', 'FORM-07', 'denomination', 'Raison sociale'],
  ['street-label-called-adresse', 'FORM-09', 'libelleVoie', 'Adresse'],
  ['town-called-commune', 'FORM-13', 'ville', 'Commune'],
  ['telephone-called-portable', 'FORM-15', 'telephone', 'Téléphone portable'],
  ['confirmation-called-once-more', 'FORM-19', 'confirmerCourriel', 'Une seconde fois'],
  ['confirmation-called-second-address', 'FORM-29', 'confirmerCourrielUtilisateur', 'Courriel de secours'],
  ['secret-question-called-indice', 'FORM-31', 'questionSecrete', 'Indice'],
];

const unmarked: readonly Row[] = [
  ['postal-code-not-marked', 'FORM-11', 'codePostal'],
  ['courriel-not-marked', 'FORM-17', 'courriel'],
  ['mandatory-field-not-marked', 'FORM-21', 'nom'],
  ['user-courriel-not-marked', 'FORM-27', 'courrielUtilisateur'],
  ['answer-not-marked', 'FORM-33', 'reponse'],
];

const marked: readonly Row[] = [
  ['number-of-street-marked', 'FORM-35', 'numeroVoie'],
  ['complement-marked', 'FORM-41', 'complement'],
  ['optional-field-marked', 'FORM-43', 'fax'],
];

const optional = ['numeroVoie', 'extensionVoie', 'typeVoie', 'complement', 'fax'] as const;
const starred = 'FORM-07 FORM-09 FORM-11 FORM-13 FORM-15 FORM-17 FORM-19 FORM-21 FORM-23 FORM-25 FORM-27';

/** Faults of what the form shows: its title, its parts, the labels of its fields and their marks. */
export const labelFaults: readonly Fault[] = [
  ...renamed.map(
    ([name, requirement, field, label]): Fault => ({
      name,
      breaks: [requirement],
      apply: (behaviour) => changedFields(behaviour, [field], { label }),
      probe: formField(field),
    }),
  ),
  ...[unmarked, marked].flatMap((rows, at) =>
    rows.map(
      ([name, requirement, field]): Fault => ({
        name,
        breaks: [requirement, 'FORM-06'],
        apply: (behaviour) => changedFields(behaviour, [field], { marked: at === 1 }),
        probe: formField(field),
      }),
    ),
  ),
  {
    name: 'mandatory-marks-missing',
    breaks: ['FORM-06', ...starred.split(' '), 'FORM-29', 'FORM-31', 'FORM-33'],
    apply: (behaviour) =>
      changedFields(
        behaviour,
        mandatory.map(([name]) => name),
        { marked: false },
      ),
    probe: formField('prenom'),
  },
  {
    name: 'every-field-marked',
    breaks: ['FORM-06', 'FORM-35', 'FORM-37', 'FORM-39', 'FORM-41', 'FORM-43'],
    apply: (behaviour) => changedFields(behaviour, optional, { marked: true }),
    probe: formField('typeVoie'),
  },
  {
    name: 'label-hidden',
    breaks: ['FORM-23', 'FORM-06', 'A11Y-12'],
    apply: (behaviour) => changedFields(behaviour, ['prenom'], { labelShown: false }),
    probe: formField('prenom'),
  },
  {
    name: 'visible-label-of-another-field',
    breaks: ['FORM-23', 'A11Y-01'],
    apply: (behaviour) => changedFields(behaviour, ['prenom'], { label: 'Fonction', spoken: 'Prénom' }),
    probe: formField('prenom'),
  },
  {
    name: 'extension-field-missing',
    breaks: ['FORM-37'],
    apply: (behaviour) => changedFields(behaviour, ['extensionVoie'], { shown: false }),
    probe: formField('extensionVoie'),
  },
  {
    name: 'contact-telephone-in-establishment-part',
    breaks: ['FORM-25', 'FORM-03'],
    apply: (behaviour) => {
      const { address, person } = behaviour.form.groups;
      return changedForm(behaviour, 'groups', {
        address: [...address, 'telephoneUtilisateur'],
        person: person.filter((name) => name !== 'telephoneUtilisateur'),
      });
    },
    probe: form,
  },
  {
    name: 'type-of-street-in-user-part',
    breaks: ['FORM-39'],
    apply: (behaviour) => {
      const { address, person } = behaviour.form.groups;
      return changedForm(behaviour, 'groups', {
        address: address.filter((name) => name !== 'typeVoie'),
        person: ['typeVoie', ...person],
      });
    },
    probe: form,
  },
  {
    name: 'form-called-nouvelle-demande',
    breaks: ['FORM-01'],
    apply: (behaviour) => changed(behaviour, 'form', { title: 'Nouvelle demande' }),
    probe: form,
  },
  {
    name: 'establishment-part-untitled',
    breaks: ['FORM-02', 'A11Y-02'],
    apply: (behaviour) =>
      changed(behaviour, 'form', { parts: { ...behaviour.form.parts, establishment: '' } }),
    probe: form,
  },
  {
    name: 'user-part-called-contact-details',
    breaks: ['FORM-03'],
    apply: (behaviour) =>
      changed(behaviour, 'form', { parts: { ...behaviour.form.parts, account: 'Vos coordonnées' } }),
    probe: form,
  },
];
