import type { FieldName } from '../fields.ts';
import { changed, changedFields, changedForm, type Fault } from './fault.ts';
import { envoyer, form, formField, home } from './probe.ts';

const establishment = ['courriel', 'confirmerCourriel'] as const;
const user = ['courrielUtilisateur', 'confirmerCourrielUtilisateur'] as const;
const all = [...establishment, ...user];

const twice = (names: readonly FieldName[], address: string) =>
  envoyer(Object.fromEntries(names.map((name) => [name, address])));

/** Addresses that are no addresses: the fault, the fields that accept them, what such an address looks like. */
const accepted: readonly [fault: string, names: readonly FieldName[], shape: RegExp, example: string][] = [
  ['address-without-at-accepted', establishment, /^[^@]*$/, 'sans-arobase.guichet.test'],
  ['address-with-two-ats-accepted', establishment, /@.*@/, 'deux@@guichet.test'],
  ['address-with-a-space-accepted', establishment, /\S \S/, 'un espace@guichet.test'],
  ['user-address-without-domain-accepted', user, /@$/, 'personne@'],
];

/** Whether a second address names the same mailbox, but for its server. */
const sameName = (first: string, second: string) =>
  first.split('@')[0] === second.split('@')[0] ? undefined : 'les deux adresses sont différentes.';

/** Faults of the four e-mail fields of the form. */
export const courrielFaults: readonly Fault[] = [
  {
    name: 'courriels-differ-accepted',
    breaks: ['FORM-57', 'ROBUST-04'],
    apply: (behaviour) => changedForm(behaviour, 'rules', { courrielsEqual: () => undefined }),
    probe: envoyer({ courriel: 'autre@guichet.test' }),
  },
  {
    name: 'courriels-utilisateur-differ-accepted',
    breaks: ['FORM-58', 'ROBUST-04'],
    apply: (behaviour) => changedForm(behaviour, 'rules', { courrielsUtilisateurEqual: () => undefined }),
    probe: envoyer({ courrielUtilisateur: 'autre@guichet.test' }),
  },
  {
    name: 'courriels-compared-without-domain',
    breaks: ['FORM-57', 'ROBUST-04'],
    apply: (behaviour) => changedForm(behaviour, 'rules', { courrielsEqual: sameName }),
    probe: envoyer({ courriel: 'a@un.test', confirmerCourriel: 'a@autre.test' }),
  },
  {
    name: 'courriels-utilisateur-compared-without-domain',
    breaks: ['FORM-58', 'ROBUST-04'],
    apply: (behaviour) => changedForm(behaviour, 'rules', { courrielsUtilisateurEqual: sameName }),
    probe: envoyer({ courrielUtilisateur: 'a@un.test', confirmerCourrielUtilisateur: 'a@autre.test' }),
  },
  {
    name: 'difference-of-courriels-not-told',
    breaks: ['FORM-57', 'FORM-58'],
    apply: (behaviour) => {
      const vague = (first: string, second: string) => (first === second ? undefined : 'valeur incorrecte.');
      return changedForm(behaviour, 'rules', { courrielsEqual: vague, courrielsUtilisateurEqual: vague });
    },
    probe: envoyer({ courriel: 'autre@guichet.test' }),
  },
  {
    name: 'malformed-courriel-accepted',
    breaks: ['FORM-60', 'ROBUST-02'],
    apply: (behaviour) => changedFields(behaviour, all, { problem: () => undefined }),
    probe: twice(user, 'a@@b'),
  },
  ...accepted.map(
    ([name, names, shape, example]): Fault => ({
      name,
      breaks: ['FORM-60'],
      apply: (behaviour) => {
        const { problem } = behaviour.form.fields.courriel;
        return changedFields(behaviour, names, {
          problem: (value) => (shape.test(value) ? undefined : problem(value)),
        });
      },
      probe: twice(names, example),
    }),
  ),
  {
    name: 'paste-allowed-in-courriel',
    breaks: ['FORM-64', 'FORM-67'],
    apply: (behaviour) => changedFields(behaviour, ['courrielUtilisateur'], { pasteRefused: false }),
    probe: formField('courrielUtilisateur'),
  },
  {
    name: 'paste-allowed-in-confirmation',
    breaks: ['FORM-65', 'FORM-67'],
    apply: (behaviour) => changedFields(behaviour, ['confirmerCourrielUtilisateur'], { pasteRefused: false }),
    probe: formField('confirmerCourrielUtilisateur'),
  },
  {
    name: 'paste-allowed-in-courriel-etablissement',
    breaks: ['FORM-66', 'FORM-67'],
    apply: (behaviour) => changedFields(behaviour, establishment, { pasteRefused: false }),
    probe: formField('courriel'),
  },
  {
    name: 'paste-refused-by-its-keys-only',
    breaks: ['FORM-67'],
    apply: (behaviour) => changed(behaviour, 'form', { pasteRefusal: 'shortcut' }),
    probe: form,
  },
  {
    name: 'paste-empties-the-field',
    breaks: ['FORM-64', 'FORM-65', 'FORM-66', 'FORM-67'],
    apply: (behaviour) => changed(behaviour, 'form', { pasteRefusal: 'emptied' }),
    probe: form,
  },
  {
    name: 'drop-allowed',
    breaks: ['FORM-68'],
    apply: (behaviour) => changedFields(behaviour, all, { dropRefused: false }),
    probe: formField('courriel'),
  },
  {
    name: 'drop-allowed-in-confirmation',
    breaks: ['FORM-68'],
    apply: (behaviour) => changedFields(behaviour, ['confirmerCourrielUtilisateur'], { dropRefused: false }),
    probe: formField('confirmerCourrielUtilisateur'),
  },
  {
    name: 'paste-refused-everywhere',
    breaks: ['FORM-70'],
    apply: (behaviour) =>
      changed(
        changedFields(behaviour, Object.keys(behaviour.form.fields) as FieldName[], { pasteRefused: true }),
        'login',
        { pasteRefused: true },
      ),
    probe: formField('nom'),
  },
  {
    name: 'paste-refused-in-name',
    breaks: ['FORM-70'],
    apply: (behaviour) => changedFields(behaviour, ['nom'], { pasteRefused: true }),
    probe: formField('nom'),
  },
  {
    name: 'paste-refused-at-sign-in',
    breaks: ['FORM-70'],
    apply: (behaviour) => changed(behaviour, 'login', { pasteRefused: true }),
    probe: home,
  },
  {
    name: 'autofill-refused-in-courriel',
    breaks: ['FORM-70', 'A11Y-11'],
    apply: (behaviour) => changedFields(behaviour, user, { autocomplete: 'off' }),
    probe: formField('courrielUtilisateur'),
  },
  ...user.map(
    (name, at): Fault => ({
      name: at === 0 ? 'at-sign-cannot-be-typed' : 'at-sign-cannot-be-typed-in-confirmation',
      breaks: ['FORM-62', 'FORM-80', 'A11Y-03'],
      apply: (behaviour) => changedFields(behaviour, [name], { keysRefused: ['@'] }),
      probe: formField(name),
    }),
  ),
  {
    name: 'typing-by-hand-not-told',
    breaks: ['FORM-63'],
    apply: (behaviour) =>
      changedForm(behaviour, 'notices', { byHand: '', pasteRefused: 'Action impossible.' }),
    probe: form,
  },
  {
    name: 'wrong-address-warning-missing',
    breaks: ['FORM-78'],
    apply: (behaviour) => changedForm(behaviour, 'notices', { wrongAddress: '' }),
    probe: form,
  },
];
