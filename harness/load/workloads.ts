import { parseWorkload, type Workload, type WorkloadFile } from './workload.ts';

/** Share of a day's visits by the hour from 08:00 to 18:00: two peaks, near 11 h and 15 h 30; 12 % in the highest. */
const shape = [0.06, 0.1, 0.12, 0.115, 0.07, 0.08, 0.115, 0.12, 0.12, 0.1];
/** Demandes among the visits of a common day: the rest look, or leave. */
const mix = { siretOnly: 0.15, abandons: 0.15 };
const demandesPart = 1 - mix.siretOnly - mix.abandons;
/** Agents that are busy 60 % of ten hours at 12 minutes a demande. */
const staffFor = (demandes: number) => Math.ceil(demandes / 30);

const hour = (at: number) => `${String(8 + at).padStart(2, '0')}:00`;
/** A day of so many visits in that shape. */
const dayOf = (visits: number) =>
  shape.map((part, at) => ({
    from: hour(at),
    to: hour(at + 1),
    fromPerHour: Math.round(visits * part),
    toPerHour: Math.round(visits * part),
  }));
const day = (demandes: number) => ({ stages: dayOf(demandes / demandesPart), agents: staffFor(demandes) });

const assumed = {
  'stages (heures du jour)':
    'hypothèse : deux pointes entre 8 h et 18 h ; seul repère : Pôle emploi, « vers 11 h et 15 h 30 » (HuffPost, mai 2012)',
  siretOnly: 'hypothèse',
  abandons: 'hypothèse',
  agents: 'hypothèse : assez pour être occupés 60 % de la journée',
};
const covidDay =
  'Dares, par AEF 627686 et le Journal des Entreprises : 425 000 demandes au 1er avril 2020, 735 000 (révisées) au 7 avril, soit 44 500 par jour';

const files: WorkloadFile[] = [
  {
    ...{ name: 'normal', ...day(500), ...mix },
    sources: {
      'stages (500 demandes par jour)':
        'DG adjoint de l’ASP, France 3 Limoges ; Journal des Entreprises (avril 2020) : 500 utilisateurs par jour avant mars 2020, pris pour des demandes',
      ...assumed,
    },
  },
  {
    ...{ name: 'campaign', ...day(10_000), ...mix },
    sources: { 'stages (20 fois « normal »)': 'hypothèse', ...assumed },
  },
  {
    ...{ name: 'covid-week', ...day(44_500), ...mix },
    sources: { 'stages (44 500 demandes par jour)': covidDay, ...assumed },
  },
  {
    ...{ name: 'covid-peak', agents: staffFor(44_500), ...mix },
    stages: [
      ...dayOf(44_500 / demandesPart).slice(0, 3),
      { from: '11:00', to: '11:15', fromPerHour: 6 * 3600, toPerHour: 6 * 3600 },
      ...dayOf(44_500 / demandesPart).slice(4),
    ],
    sources: {
      'stages (44 500 demandes par jour)': covidDay,
      'stages (6 par seconde de 11 h à 11 h 15)':
        'hypothèse : quatre fois l’heure de pointe, à 1,5 par seconde',
      ...assumed,
    },
  },
  {
    ...{ name: 'hotline-retry', ...day(10_000), ...mix, refused: 0.25, retries: 3 },
    sources: {
      'stages (20 fois « normal »)': 'hypothèse',
      refused: 'hypothèse',
      retries:
        'hypothèse ; que l’on a réessayé : plus de 100 000 appels par jour au printemps 2020 (ASP, France 3 Limoges)',
      ...assumed,
    },
  },
  {
    ...{ name: 'siret-only', stages: dayOf(10_000 / demandesPart), agents: staffFor(10_000), siretOnly: 1 },
    sources: {
      'stages (autant de visites que « campaign »)': 'hypothèse',
      ...assumed,
      siretOnly: 'par construction : l’étape du SIRET est chargée, et aucune demande ne s’ajoute à la file',
    },
  },
];

/** The workloads that come with Guichet, with the figures of 2020 and where each is from. */
export const workloads: readonly Workload[] = files.map((file) => parseWorkload(file, file.name));
