import { fieldNames } from '../fields.ts';
import { changed, changedFields, type Fault } from './fault.ts';

const all = ['courriel', 'confirmerCourriel', 'courrielUtilisateur', 'confirmerCourrielUtilisateur'] as const;

/** Faults of the four e-mail fields of the form. */
export const courrielFaults: readonly Fault[] = [
  {
    name: 'courriels-differ-accepted',
    breaks: ['FORM-57'],
    apply: (behaviour) =>
      changed(behaviour, 'form', { rules: { ...behaviour.form.rules, courrielsEqual: () => undefined } }),
  },
  {
    name: 'courriels-utilisateur-differ-accepted',
    breaks: ['FORM-58'],
    apply: (behaviour) =>
      changed(behaviour, 'form', {
        rules: { ...behaviour.form.rules, courrielsUtilisateurEqual: () => undefined },
      }),
  },
  {
    name: 'malformed-courriel-accepted',
    breaks: ['FORM-60'],
    apply: (behaviour) => changedFields(behaviour, all, { problem: () => undefined }),
  },
  {
    name: 'paste-allowed-in-courriel',
    breaks: ['FORM-64', 'FORM-67'],
    apply: (behaviour) => changedFields(behaviour, ['courrielUtilisateur'], { pasteRefused: false }),
  },
  {
    name: 'paste-allowed-in-confirmation',
    breaks: ['FORM-65', 'FORM-67'],
    apply: (behaviour) => changedFields(behaviour, ['confirmerCourrielUtilisateur'], { pasteRefused: false }),
  },
  {
    name: 'paste-allowed-in-courriel-etablissement',
    breaks: ['FORM-66', 'FORM-67'],
    apply: (behaviour) =>
      changedFields(behaviour, ['courriel', 'confirmerCourriel'], { pasteRefused: false }),
  },
  {
    name: 'drop-allowed',
    breaks: ['FORM-68'],
    apply: (behaviour) => changedFields(behaviour, all, { dropRefused: false }),
  },
  {
    name: 'paste-refused-everywhere',
    breaks: ['FORM-70'],
    apply: (behaviour) =>
      changed(changedFields(behaviour, fieldNames, { pasteRefused: true }), 'login', { pasteRefused: true }),
  },
  {
    name: 'typing-by-hand-not-told',
    breaks: ['FORM-63'],
    apply: (behaviour) =>
      changed(behaviour, 'form', {
        notices: { ...behaviour.form.notices, byHand: '', pasteRefused: 'Action impossible.' },
      }),
  },
  {
    name: 'wrong-address-warning-missing',
    breaks: ['FORM-78'],
    apply: (behaviour) =>
      changed(behaviour, 'form', { notices: { ...behaviour.form.notices, wrongAddress: '' } }),
  },
];
