import { changed, changedFields, changedForm, type Fault } from './fault.ts';
import { envoyer, form, formField, towns } from './probe.ts';

const street = (letters: number) => envoyer({ libelleVoie: 'é'.repeat(letters) });
const complement = (letters: number) => envoyer({ complement: 'é'.repeat(letters) });
const tooLong = (limit: number) => `${limit} caractères au plus.`;
/** As `envoyer`, refused for the name, so that the field is shown again with what was made of it. */
const shownAgain = (changes: Record<string, string>) => envoyer({ ...changes, nom: '' });

/** Faults of lengths, towns, telephones and the SIRET shown. */
export const valueFaults: readonly Fault[] = [
  {
    name: 'street-label-29-accepted',
    breaks: ['FORM-46'],
    apply: (behaviour) => changedFields(behaviour, ['libelleVoie'], { typedLimit: undefined, limit: 100 }),
    probe: street(29),
  },
  {
    name: 'street-label-29-accepted-by-server',
    breaks: ['FORM-46'],
    apply: (behaviour) => changedFields(behaviour, ['libelleVoie'], { limit: 100 }),
    probe: street(29),
  },
  {
    name: 'street-label-cut-silently',
    breaks: ['FORM-46'],
    apply: (behaviour) =>
      changedFields(behaviour, ['libelleVoie'], { clean: (posted) => posted.trim().slice(0, 28) }),
    probe: street(29),
  },
  {
    name: 'street-label-28-refused',
    breaks: ['FORM-45'],
    apply: (behaviour) => changedFields(behaviour, ['libelleVoie'], { limit: 27 }),
    probe: street(28),
  },
  {
    name: 'street-label-stops-at-27',
    breaks: ['FORM-45'],
    apply: (behaviour) => changedFields(behaviour, ['libelleVoie'], { typedLimit: 27 }),
    probe: formField('libelleVoie'),
  },
  {
    name: 'street-label-counted-in-bytes',
    breaks: ['FORM-45'],
    apply: (behaviour) =>
      changedFields(behaviour, ['libelleVoie'], {
        problem: (value) => (Buffer.byteLength(value) > 28 ? tooLong(28) : undefined),
      }),
    probe: street(28),
  },
  {
    name: 'street-label-counted-accents-apart',
    breaks: ['FORM-45'],
    apply: (behaviour) =>
      changedFields(behaviour, ['libelleVoie'], {
        problem: (value) => (value.normalize('NFD').length > 28 ? tooLong(28) : undefined),
      }),
    probe: street(28),
  },
  {
    name: 'street-label-loses-accents',
    breaks: ['FORM-45', 'FORM-76'],
    apply: (behaviour) =>
      changedFields(behaviour, ['libelleVoie'], {
        clean: (posted) => posted.normalize('NFD').replace(/\p{M}/gu, '').trim(),
      }),
    probe: shownAgain({ libelleVoie: 'des Écoles' }),
  },
  {
    name: 'complement-39-accepted',
    breaks: ['FORM-48'],
    apply: (behaviour) => changedFields(behaviour, ['complement'], { typedLimit: undefined, limit: 100 }),
    probe: complement(39),
  },
  {
    name: 'complement-39-accepted-by-server',
    breaks: ['FORM-48'],
    apply: (behaviour) => changedFields(behaviour, ['complement'], { limit: 100 }),
    probe: complement(39),
  },
  {
    name: 'complement-cut-silently',
    breaks: ['FORM-48'],
    apply: (behaviour) =>
      changedFields(behaviour, ['complement'], { clean: (posted) => posted.trim().slice(0, 38) }),
    probe: complement(39),
  },
  {
    name: 'complement-38-refused',
    breaks: ['FORM-47'],
    apply: (behaviour) => changedFields(behaviour, ['complement'], { limit: 37 }),
    probe: complement(38),
  },
  {
    name: 'complement-counted-in-bytes',
    breaks: ['FORM-47'],
    apply: (behaviour) =>
      changedFields(behaviour, ['complement'], {
        problem: (value) => (Buffer.byteLength(value) > 38 ? tooLong(38) : undefined),
      }),
    probe: complement(38),
  },
  {
    name: 'limits-not-told',
    breaks: ['FORM-49'],
    apply: (behaviour) => changedFields(behaviour, ['libelleVoie', 'complement'], { hint: undefined }),
    probe: formField('libelleVoie'),
  },
  {
    name: 'limit-of-complement-not-told',
    breaks: ['FORM-49'],
    apply: (behaviour) => changedFields(behaviour, ['complement'], { hint: 'Bâtiment, étage…' }),
    probe: formField('complement'),
  },
  {
    name: 'town-hint-missing',
    breaks: ['FORM-50'],
    apply: (behaviour) => changedForm(behaviour, 'towns', { none: '' }),
    probe: formField('ville'),
  },
  {
    name: 'towns-offered-without-postal-code',
    breaks: ['FORM-50'],
    apply: (behaviour) =>
      changedForm(behaviour, 'towns', {
        of: (code) => behaviour.form.towns.of(code === '' ? '75001' : code),
      }),
    probe: formField('ville'),
  },
  {
    name: 'towns-not-loaded',
    breaks: ['FORM-51'],
    apply: (behaviour) => changedForm(behaviour, 'towns', { loaded: false }),
    probe: form,
  },
  {
    name: 'several-towns-not-offered',
    breaks: ['FORM-51'],
    apply: (behaviour) =>
      changedForm(behaviour, 'towns', { of: (code) => behaviour.form.towns.of(code).slice(0, 1) }),
    probe: towns('51300'),
  },
  {
    name: 'only-town-not-offered',
    breaks: ['FORM-51', 'FORM-80'],
    apply: (behaviour) =>
      changedForm(behaviour, 'towns', {
        of: (code) => behaviour.form.towns.of(code).filter((_, __, all) => all.length > 1),
      }),
    probe: towns('33000'),
  },
  {
    name: 'towns-of-first-departments-missing',
    breaks: ['FORM-51', 'FORM-80'],
    apply: (behaviour) =>
      changedForm(behaviour, 'towns', { of: (code) => behaviour.form.towns.of(String(Number(code))) }),
    probe: towns('06000'),
  },
  {
    name: 'foreign-town-kept',
    breaks: ['FORM-52'],
    apply: (behaviour) =>
      changedForm(changedForm(behaviour, 'towns', { dropsForeign: false }), 'rules', {
        townBelongs: () => undefined,
      }),
    probe: envoyer({ ville: 'Nantes' }),
  },
  {
    name: 'foreign-town-kept-by-page',
    breaks: ['FORM-52'],
    apply: (behaviour) => changedForm(behaviour, 'towns', { dropsForeign: false }),
    probe: form,
  },
  {
    name: 'foreign-town-accepted-by-server',
    breaks: ['FORM-52'],
    apply: (behaviour) => changedForm(behaviour, 'rules', { townBelongs: () => undefined }),
    probe: envoyer({ ville: 'Nantes' }),
  },
  {
    name: 'telephone-with-spaces-refused',
    breaks: ['FORM-54'],
    apply: (behaviour) =>
      changedFields(behaviour, ['telephone'], {
        problem: (value) => (/^0[1-5][0-9]{8}$/.test(value) ? undefined : 'indiquez dix chiffres.'),
      }),
    probe: envoyer(),
  },
  {
    name: 'overseas-telephone-refused',
    breaks: ['FORM-54'],
    apply: (behaviour) => {
      const { problem } = behaviour.form.fields.telephone;
      const isOverseas = (value: string) => /^0(26[29]|59[046])/.test(value.replaceAll(' ', ''));
      return changedFields(behaviour, ['telephone'], {
        problem: (value) => problem(isOverseas(value) ? '' : value),
      });
    },
    probe: envoyer({ telephone: '05 96 60 12 34' }),
  },
  {
    name: 'siret-shown-in-part',
    breaks: ['FORM-04'],
    apply: (behaviour) => changed(behaviour, 'form', { siretShown: (siret) => siret.slice(0, 9) }),
    probe: form,
  },
  {
    name: 'siret-not-shown',
    breaks: ['FORM-04'],
    apply: (behaviour) => changed(behaviour, 'form', { siretShown: () => '' }),
    probe: form,
  },
  {
    name: 'siret-editable',
    breaks: ['FORM-05'],
    apply: (behaviour) => changed(behaviour, 'form', { siretEditable: true }),
    probe: form,
  },
  {
    name: 'siret-tampering-accepted',
    breaks: ['FORM-05'],
    apply: (behaviour) =>
      changed(changedForm(behaviour, 'rules', { siretUntouched: () => undefined }), 'form', {
        siretKept: (posted) => posted,
      }),
    probe: shownAgain({ siret: '20003452800014' }),
  },
];
