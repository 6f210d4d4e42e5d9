import { changed, changedFields, type Fault } from './fault.ts';
import { envoyer, form } from './probe.ts';

/** Faults of ENVOYER and ANNULER: what they do, what is told of it, what is kept. */
export const sendingFaults: readonly Fault[] = [
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
    probe: envoyer(),
  },
  {
    name: 'confirmation-says-it-failed',
    breaks: ['FORM-73'],
    apply: (behaviour) =>
      changed(behaviour, 'confirmation', { worked: 'L’envoi de votre demande a échoué.' }),
    probe: envoyer(),
  },
  {
    name: 'envoyer-leads-home',
    breaks: ['FORM-71', 'FORM-73', 'MAIL-14'],
    apply: (behaviour) => changed(behaviour, 'form', { sentTo: '/aparts/' }),
    probe: envoyer(),
  },
  {
    name: 'envoyer-shows-the-form-again',
    breaks: ['FORM-71', 'FORM-73', 'MAIL-14'],
    apply: (behaviour) => changed(behaviour, 'form', { sentTo: '/aparts/creation/compte' }),
    probe: envoyer(),
  },
  {
    name: 'refusal-told-as-a-success',
    breaks: ['FORM-73'],
    apply: (behaviour) => changed(behaviour, 'form', { refused: 'Votre demande est envoyée.' }),
    probe: envoyer({ nom: '' }),
  },
  {
    name: 'refusal-loses-entries',
    breaks: ['FORM-76'],
    apply: (behaviour) =>
      changedFields(behaviour, Object.values(behaviour.form.groups).flat(), { keptAfterRefusal: false }),
    probe: envoyer({ nom: '' }),
  },
  {
    name: 'refusal-loses-the-town',
    breaks: ['FORM-76'],
    apply: (behaviour) => changedFields(behaviour, ['ville'], { keptAfterRefusal: false }),
    probe: envoyer({ nom: '', codePostal: '51300', ville: 'Bassuet' }),
  },
  {
    name: 'refusal-loses-the-addresses',
    breaks: ['FORM-76'],
    apply: (behaviour) =>
      changedFields(
        behaviour,
        ['courriel', 'confirmerCourriel', 'courrielUtilisateur', 'confirmerCourrielUtilisateur'],
        { keptAfterRefusal: false },
      ),
    probe: envoyer({ nom: '' }),
  },
  {
    name: 'annuler-does-nothing',
    breaks: ['FORM-72'],
    apply: (behaviour) => changed(behaviour, 'form', { cancelDoes: 'nothing' }),
    probe: form,
  },
  {
    name: 'annuler-sends-the-demande',
    breaks: ['FORM-72'],
    apply: (behaviour) => changed(behaviour, 'form', { cancelDoes: 'send' }),
    probe: form,
  },
  {
    name: 'annuler-called-retour',
    breaks: ['FORM-72'],
    apply: (behaviour) => changed(behaviour, 'form', { cancel: 'Retour' }),
    probe: form,
  },
];
