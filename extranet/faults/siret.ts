import type { Behaviour } from '../behaviour.ts';
import type { Fault } from './fault.ts';
import { page, siretStep } from './probe.ts';
import { fault } from './rule-change.ts';

type Rule = keyof Behaviour['siret']['rules'];

const step = page('/aparts/creation');
const accept = () => undefined;
const refused = 'ce numéro n’est pas un SIRET.';

/** Accepts a form of SIRET that the sound step refuses. */
function accepted(name: string, form: RegExp, example: string): Fault {
  return fault(name, ['SIRET-06'], siretStep({ siret: example }), ({ siret: { rules } }) => ({
    siret: {
      rules: unlessOf(form, rules, ['fourteenDigits', 'checkDigits']),
    },
  }));
}

/** The same rules, but for the SIRETs of that form, which pass. */
function unlessOf(form: RegExp, rules: Behaviour['siret']['rules'], names: readonly Rule[]) {
  return Object.fromEntries(
    names.map((name) => {
      const sound = rules[name] as (siret: string) => string | undefined;
      return [name, (siret: string) => (form.test(siret) ? undefined : sound(siret))];
    }),
  );
}

/** Refuses SIRETs of that form, valid as they may be. */
function refusing(name: string, form: RegExp, example: string): Fault {
  return fault(name, ['SIRET-05'], siretStep({ siret: example }), ({ siret: { rules } }) => ({
    siret: { rules: { checkDigits: (siret) => (form.test(siret) ? refused : rules.checkDigits(siret)) } },
  }));
}

/** Faults of the SIRET step but for its security code and its terms. */
export const siretFaults: readonly Fault[] = [
  fault('siret-title-reworded', ['SIRET-01'], step, { siret: { title: 'Étape 1 sur 2' } }),
  fault('siret-instruction-missing', ['SIRET-02'], step, {
    siret: { instruction: 'Remplissez ce formulaire :' },
  }),
  fault('siret-not-marked', ['SIRET-03'], step, { siret: { marked: { siret: false } } }),
  fault('siret-field-renamed', ['SIRET-03'], step, { siret: { label: 'Numéro d’entreprise' } }),
  fault('empty-siret-accepted', ['SIRET-04'], siretStep({ siret: '' }), {
    siret: { rules: { siretGiven: accept } },
  }),
  refusing('la-poste-refused', /^356000000/, '35600000000048'),
  refusing('siret-with-leading-zero-refused', /^0/, '00032517500016'),
  fault('siret-shape-not-checked', ['SIRET-06'], siretStep({ siret: '12' }), {
    siret: { rules: { fourteenDigits: accept, checkDigits: accept } },
  }),
  accepted('siret-of-13-digits-accepted', /^\d{13}$/, '7328293200007'),
  accepted('siret-of-15-digits-accepted', /^\d{15}$/, '732829320000740'),
  accepted('siren-accepted', /^\d{9}$/, '732829320'),
  accepted('letters-in-siret-accepted', /^\d{12}[A-Z]{2}$/, '732829320000AB'),
  fault('full-width-digits-accepted', ['SIRET-06'], siretStep({ siret: '７３２８２９３２００００７４' }), {
    siret: { read: (typed) => typed.normalize('NFKC').replace(/\s/g, '') },
  }),
  fault(
    'siret-step-refuses-without-reason',
    ['SIRET-04', 'SIRET-06', 'SIRET-12', 'SIRET-23', 'FORM-75'],
    siretStep({ siret: '' }),
    { siret: { explains: false } },
  ),
  fault('valider-renamed', ['SIRET-26'], step, { siret: { submit: 'CONTINUER' } }),
  fault('valider-leads-home', ['SIRET-27', 'SIRET-05'], siretStep(), { siret: { next: '/aparts/' } }),
  fault('annuler-renamed', ['SIRET-28'], step, { siret: { cancel: 'RETOUR' } }),
  fault('annuler-validates', ['SIRET-28'], step, { siret: { cancelLeaves: false } }),
  fault('cgu-not-marked', ['SIRET-21'], step, { siret: { marked: { terms: false } } }),
  fault('cgu-not-a-link', ['SIRET-22'], step, { siret: { terms: { target: '' } } }),
  fault('cgu-link-dead', ['SIRET-22'], step, { siret: { terms: { target: '/aparts/page-perdue' } } }),
  fault('cgu-page-empty', ['SIRET-22'], page('/aparts/cgu'), { terms: { articles: [] } }),
  fault('cgu-not-enforced', ['SIRET-23', 'FORM-75'], siretStep({ cgu: '' }), {
    siret: { rules: { termsAccepted: accept } },
  }),
  fault('cgu-reminder-missing', ['FORM-75', 'SIRET-23'], siretStep({ cgu: '' }), {
    siret: { rules: { termsAccepted: (ticked) => (ticked ? undefined : 'cette case est obligatoire.') } },
  }),
  fault('cgu-box-cannot-be-unticked', ['SIRET-24', 'SIRET-21'], step, {
    siret: { terms: { type: 'radio' } },
  }),
  fault('cgu-ticked-on-arrival', ['SIRET-25'], step, { siret: { terms: { tickedOnArrival: true } } }),
];
