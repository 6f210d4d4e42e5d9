import type { Fault } from './fault.ts';
import { page } from './probe.ts';
import { fault } from './rule-change.ts';

const support = page('/aparts/support');

/** Faults of the technical support page. */
export const supportFaults: readonly Fault[] = [
  fault('spam-advice-after-contacts', ['SUPP-01'], support, { support: { spam: { first: false } } }),
  fault('spam-advice-missing', ['SUPP-01', 'MAIL-14'], support, {
    support: { spam: { title: 'Un mail manque ?', advice: 'Patientez.' } },
  }),
  fault('support-address-wrong', ['SUPP-02'], support, {
    support: { means: { mail: { address: 'contact@asp-public.fr' } } },
  }),
  fault('support-address-missing', ['SUPP-02'], support, {
    support: { means: { mail: { address: 'adresse à venir' } } },
  }),
  fault('metropole-number-wrong', ['SUPP-03'], support, {
    support: { means: { metropole: { number: '0820 722 110' } } },
  }),
  fault('metropole-number-missing', ['SUPP-03'], support, {
    support: { means: { metropole: { number: 'numéro à venir' } } },
  }),
  fault('metropole-price-missing', ['SUPP-04'], support, {
    support: { means: { metropole: { price: '' } } },
  }),
  fault('metropole-price-wrong', ['SUPP-04'], support, {
    support: { means: { metropole: { price: 'Service 0,15 € / min + prix appel' } } },
  }),
  fault('dom-number-wrong', ['SUPP-05'], support, {
    support: { means: { dom: { number: '0821 401 401' } } },
  }),
  fault('dom-number-missing', ['SUPP-05'], support, {
    support: { means: { dom: { number: 'numéro à venir' } } },
  }),
  fault('dom-price-missing', ['SUPP-06'], support, { support: { means: { dom: { price: '' } } } }),
  fault('dom-price-wrong', ['SUPP-06'], support, {
    support: { means: { dom: { price: 'Service et appel gratuits' } } },
  }),
  fault('territories-not-named', ['SUPP-07'], support, {
    support: { means: { metropole: { territory: '' }, dom: { territory: '' } } },
  }),
  fault('dom-not-named', ['SUPP-07'], support, { support: { means: { dom: { territory: '' } } } }),
  fault('numbers-swapped', ['SUPP-07', 'SUPP-03', 'SUPP-05'], support, ({ support: { means } }) => ({
    support: {
      means: { metropole: { number: means.dom.number }, dom: { number: means.metropole.number } },
    },
  })),
];
