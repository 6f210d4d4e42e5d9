import type { FormField, WireEntry, WireMap } from '../fixtures/wire-map.ts';

const values = (...names: FormField[]): WireEntry[] => names.map((name) => ({ name, value: name }));

/** The extranet that comes with Guichet, in its plain look: what a browser reads of it, for bare runs. */
export const embeddedWire: WireMap = {
  home: ['/aparts/'],
  siret: {
    ...{ page: '/aparts/creation', size: 5000, action: '/aparts/creation', charset: 'utf-8', key: 'siret' },
    entries: [...values('siret', 'code'), { name: 'cgu', fixed: 'oui' }],
  },
  code: { kind: 'oracle', url: '/_test/code', tokenHeader: 'x-test-token' },
  towns: [{ method: 'GET', path: '/aparts/communes?codePostal={codePostal}', headers: {} }],
  form: {
    ...{ page: '/aparts/creation/compte', size: 11_000, action: '/aparts/creation/compte' },
    ...{ charset: 'utf-8', key: 'denomination' },
    entries: [
      { name: 'jeton', hidden: true },
      ...values('denomination'),
      { name: 'siret', hidden: true },
      ...values('numeroVoie', 'extensionVoie', 'typeVoie', 'libelleVoie', 'complement'),
      ...values('codePostal', 'ville', 'telephone', 'fax', 'courriel', 'confirmerCourriel'),
      ...values('nom', 'prenom', 'telephoneUtilisateur'),
      ...values('courrielUtilisateur', 'confirmerCourrielUtilisateur'),
      { name: 'questionSecrete', fixed: 'Quel+est+le+nom+de+votre+premier+employeur+%3F' },
      ...values('reponse'),
    ],
  },
  confirmation: '/aparts/creation/confirmation',
  townValues: {},
};
