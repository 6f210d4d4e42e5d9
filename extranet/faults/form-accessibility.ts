import type { Behaviour } from '../behaviour.ts';
import type { FieldName } from '../fields.ts';
import { changed, changedFields, changedForm, type Fault } from './fault.ts';
import { envoyer, form, formField, styles } from './probe.ts';

function styled(behaviour: Behaviour, ownStyle: string): Behaviour {
  return changed(behaviour, 'site', { ownStyle });
}

const person = ['nom', 'prenom', 'telephoneUtilisateur', 'courrielUtilisateur'] as const;

/** Faults of style, with the requirement that each breaks. */
const ill: readonly [fault: string, requirement: string, css: string][] = [
  ['focus-not-visible', 'A11Y-03', ':focus-visible { outline: none }'],
  ['form-wider-than-a-telephone', 'A11Y-13', '#demande { min-width: 40rem }'],
  ['town-list-wider-than-a-telephone', 'A11Y-13', 'select { min-width: 24rem }'],
  ['refusal-wider-than-a-telephone', 'A11Y-13', '.alert { white-space: nowrap }'],
  ['hints-too-pale', 'A11Y-12', '.hint { color: #b9bfc4 }'],
  ['errors-too-pale', 'A11Y-12', '.error { color: #f1948a }'],
];

const vague: readonly [fault: string, name: FieldName, text: string][] = [
  ['telephone-error-suggests-nothing', 'telephone', 'ce numéro est refusé.'],
  ['address-error-suggests-nothing', 'courriel', 'cette adresse est refusée.'],
];

/** Faults of the form for who uses it by ear, by keyboard or on a small screen. */
export const formAccessibilityFaults: readonly Fault[] = [
  ...ill.map(
    ([name, requirement, css]): Fault => ({
      name,
      breaks: [requirement],
      apply: (behaviour) => styled(behaviour, css),
      probe: styles,
    }),
  ),
  ...vague.map(
    ([name, field, text]): Fault => ({
      name,
      breaks: ['A11Y-09'],
      apply: (behaviour) => {
        const { problem } = behaviour.form.fields[field];
        return changedFields(behaviour, [field], {
          hint: undefined,
          problem: (value) => problem(value) && text,
        });
      },
      probe: envoyer({ [field]: '12' }),
    }),
  ),
  {
    name: 'label-not-tied-to-its-field',
    breaks: ['A11Y-01', 'FORM-43', 'A11Y-12'],
    apply: (behaviour) => changedFields(behaviour, ['fax'], { labelTied: false }),
    probe: formField('fax'),
  },
  {
    name: 'spoken-label-of-another-field',
    breaks: ['A11Y-01', 'FORM-43'],
    apply: (behaviour) => changedFields(behaviour, ['fax'], { spoken: 'Champ 10' }),
    probe: formField('fax'),
  },
  {
    name: 'keyboard-trapped-in-the-town',
    breaks: ['A11Y-03'],
    apply: (behaviour) => changedFields(behaviour, ['ville'], { keysRefused: ['Tab'] }),
    probe: formField('ville'),
  },
  {
    name: 'secret-question-skipped-by-the-keyboard',
    breaks: ['A11Y-03'],
    apply: (behaviour) => changedFields(behaviour, ['questionSecrete'], { tabindex: -1 }),
    probe: formField('questionSecrete'),
  },
  {
    name: 'answer-first-for-the-keyboard',
    breaks: ['A11Y-03'],
    apply: (behaviour) => changedFields(behaviour, ['reponse'], { tabindex: 1 }),
    probe: formField('reponse'),
  },
  {
    name: 'envoyer-skipped-by-the-keyboard',
    breaks: ['A11Y-03'],
    apply: (behaviour) => changed(behaviour, 'form', { submitReachable: false }),
    probe: form,
  },
  {
    name: 'meaning-of-the-star-not-told',
    breaks: ['A11Y-07'],
    apply: (behaviour) => changed(behaviour, 'form', { explanation: '', requiredExposed: false }),
    probe: form,
  },
  {
    name: 'meaning-of-the-star-wrong',
    breaks: ['A11Y-07'],
    apply: (behaviour) =>
      changed(behaviour, 'form', { explanation: 'Merci de tout remplir.', requiredExposed: false }),
    probe: form,
  },
  {
    name: 'error-not-tied-to-its-field',
    breaks: ['A11Y-08'],
    apply: (behaviour) => changedForm(behaviour, 'errors', { tied: false }),
    probe: envoyer({ nom: '' }),
  },
  {
    name: 'faulty-field-not-told-invalid',
    breaks: ['A11Y-08'],
    apply: (behaviour) => changedForm(behaviour, 'errors', { invalid: false }),
    probe: envoyer({ nom: '' }),
  },
  {
    name: 'refusal-silent-for-who-cannot-see',
    breaks: ['A11Y-10'],
    apply: (behaviour) => changedForm(behaviour, 'errors', { titled: false, announced: false }),
    probe: envoyer({ nom: '' }),
  },
  {
    name: 'success-silent-for-who-cannot-see',
    breaks: ['A11Y-10'],
    apply: (behaviour) =>
      changed(changed(behaviour, 'site', { tabTitle: (_, service) => service }), 'confirmation', {
        announced: false,
      }),
    probe: envoyer(),
  },
  {
    name: 'purpose-of-user-fields-missing',
    breaks: ['A11Y-11'],
    apply: (behaviour) => changedFields(behaviour, person, { autocomplete: undefined }),
    probe: formField('nom'),
  },
  {
    name: 'purpose-of-telephone-missing',
    breaks: ['A11Y-11'],
    apply: (behaviour) => changedFields(behaviour, ['telephoneUtilisateur'], { autocomplete: undefined }),
    probe: formField('telephoneUtilisateur'),
  },
  {
    name: 'purposes-of-names-swapped',
    breaks: ['A11Y-11'],
    apply: (behaviour) =>
      changedFields(changedFields(behaviour, ['nom'], { autocomplete: 'given-name' }), ['prenom'], {
        autocomplete: 'family-name',
      }),
    probe: formField('nom'),
  },
];
