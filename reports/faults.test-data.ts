import { catalogue, revision } from '../requirements/catalogue.ts';
import type { FaultsReport } from './faults.ts';

const judged = catalogue
  .filter(({ level }) => level !== 'INFO')
  .map(({ id }) => id)
  .slice(0, 40);

/** A proof with everything that can go wrong in it: a survivor, strays, a false alarm, an innocent requirement blamed. */
export const sampleFaults: FaultsReport = {
  schemaVersion: 1,
  guichet: '0.1.0',
  catalogue: { revision, total: catalogue.length },
  campaign: {
    id: '2026-11-23T09-14-02-prove',
    startedAt: '2026-11-23T09:14:02.120Z',
    finishedAt: '2026-11-23T09:24:02.120Z',
    ...{ seed: 42, selection: [], interrupted: false },
  },
  faults: judged.map((id, at) => ({
    name: `${id.toLowerCase()}-broken`,
    breaks: [id],
    dead: at === 1,
    scenarios: ['scenarios/siret.spec.ts:12'],
    red: at < 2 ? [] : [id, ...(at % 9 === 0 ? ['SIRET-23'] : [])],
    cantTell: at % 7 === 0 ? ['FORM-12'] : [],
    caught: at > 1,
  })),
  attribution: 0.97,
  attributionOf: ['siret-23-broken'],
  strays: [
    {
      fault: 'siret-23-broken',
      id: 'FORM-75',
      scenario: 'Sans CGU, le formulaire reste fermé',
      observed: 'aucun message',
    },
  ],
  silentRuns: 2,
  falseAlarms: [{ id: '', scenario: 'Trois mails exactement', observed: 'interrompu' }],
  network: [
    {
      name: 'smtp-duplicates',
      what: 'le relais remet chaque mail deux fois',
      outcome: 'innocent',
      red: ['MAIL-02'],
      said: ['MAIL-02 n’est pas respectée'],
    },
    { name: 'smtp-silent', what: 'le relais se tait', outcome: 'unnoticed', red: [], said: [] },
  ],
  seconds: { sound: 41, matrix: 638 },
  verdict: { exitCode: 1, reasons: ['1 défaut non vu', '1 fausse alerte'] },
};
