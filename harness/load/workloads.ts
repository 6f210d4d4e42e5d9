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
  'stages (hours of the day)':
    'assumption: two peaks from 08:00 to 18:00; only anchor: Pôle emploi, "vers 11 h et 15 h 30" (HuffPost, May 2012)',
  siretOnly: 'assumption',
  abandons: 'assumption',
  agents: 'assumption: staffed so that they are busy 60 % of the day',
};
const covidDay =
  'Dares via AEF 627686 and Journal des Entreprises: 425 000 requests on 1 April 2020, 735 000 (revised) on 7 April, 44 500 a day';

const files: WorkloadFile[] = [
  {
    ...{ name: 'normal', ...day(500), ...mix },
    sources: {
      'stages (500 demandes a day)':
        'ASP deputy DG, France 3 Limoges; Journal des Entreprises (April 2020): 500 users a day before March 2020, taken as demandes',
      ...assumed,
    },
  },
  {
    ...{ name: 'campaign', ...day(10_000), ...mix },
    sources: { 'stages (20 times normal)': 'assumption', ...assumed },
  },
  {
    ...{ name: 'covid-week', ...day(44_500), ...mix },
    sources: { 'stages (44 500 demandes a day)': covidDay, ...assumed },
  },
  {
    ...{ name: 'covid-peak', agents: staffFor(44_500), ...mix },
    stages: [
      ...dayOf(44_500 / demandesPart).slice(0, 3),
      { from: '11:00', to: '11:15', fromPerHour: 6 * 3600, toPerHour: 6 * 3600 },
      ...dayOf(44_500 / demandesPart).slice(4),
    ],
    sources: {
      'stages (44 500 demandes a day)': covidDay,
      'stages (6 a second from 11:00 to 11:15)': 'assumption: four times the peak hour of 1.5 a second',
      ...assumed,
    },
  },
  {
    ...{ name: 'hotline-retry', ...day(10_000), ...mix, refused: 0.25, retries: 3 },
    sources: {
      'stages (20 times normal)': 'assumption',
      refused: 'assumption',
      retries:
        'assumption; that people tried again: over 100 000 calls a day in spring 2020 (ASP, France 3 Limoges)',
      ...assumed,
    },
  },
  {
    ...{ name: 'siret-only', stages: dayOf(10_000 / demandesPart), agents: staffFor(10_000), siretOnly: 1 },
    sources: {
      'stages (as many visits as campaign)': 'assumption',
      ...assumed,
      siretOnly: 'by construction: the SIRET step is loaded and no demande is added to the queue',
    },
  },
];

/** The workloads that come with Guichet, with the figures of 2020 and where each is from. */
export const workloads: readonly Workload[] = files.map((file) => parseWorkload(file, file.name));
