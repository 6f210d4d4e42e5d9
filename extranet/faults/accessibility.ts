import type { Fault } from './fault.ts';
import { form, page } from './probe.ts';
import { fault } from './rule-change.ts';

const home = page('/aparts/');
const step = page('/aparts/creation');

/** Faults that keep people with a disability out, on all pages or on one. */
export const accessibilityFaults: readonly Fault[] = [
  fault('form-parts-not-grouped', ['A11Y-02'], form, { form: { grouped: false } }),
  fault('page-language-missing', ['A11Y-12'], home, { site: { language: '' } }),
  fault('pages-without-title', ['A11Y-12'], home, { site: { tabTitle: () => '' } }),
  fault('zoom-forbidden', ['A11Y-12'], home, {
    site: { viewport: 'width=device-width, initial-scale=1, user-scalable=no' },
  }),
  fault('change-control-without-name', ['A11Y-12', 'SIRET-20'], step, { siret: { change: { label: '' } } }),
  fault('support-wider-than-a-telephone', ['A11Y-13'], page('/aparts/support'), {
    support: { means: { title: 'Contacter l’Assistance de l’extranet'.replaceAll(' ', '\u00a0') } },
  }),
];
