import { type Chart, chart, type Series } from './chart.ts';

type Curve = Series['points'];

/** The share of demandes whose mail has come, by hours since each: Kaplan-Meier with its band, and the deadline. */
export function timeToMails(
  mails: readonly {
    name: string;
    survival: readonly { hours: number; share: number; low: number; high: number }[];
  }[],
  deadlineHours: number,
): string {
  return chart({
    title: 'Délai des trois mails',
    description: `part des demandes dont chaque mail est arrivé, avec sa bande d’incertitude, et la limite de ${deadlineHours} h`,
    x: { label: 'heures depuis la demande', max: deadlineHours * 1.1 },
    y: { label: 'part arrivée', max: 1 },
    // Survival is of waiting; a reader asks what has come.
    series: mails.map(({ name, survival }) => ({
      name,
      shape: 'step',
      points: survival.map(({ hours, share, low, high }) => ({
        x: hours,
        y: 1 - share,
        low: 1 - high,
        high: 1 - low,
      })),
    })),
    marks: [
      { x: deadlineHours, label: `${String(Math.round(deadlineHours * 100) / 100).replace('.', ',')} h` },
    ],
  });
}

/** Visits an hour on the extranet's clock, as planned and as sent; `x` in hours. */
export function arrivals(planned: Curve, achieved: Curve): string {
  return overTime('Arrivées', 'visites par heure, prévues et envoyées', 'visites/h', [
    { name: 'prévues', shape: 'step', points: planned },
    { name: 'envoyées', shape: 'step', points: achieved },
  ]);
}

/** Percentiles of the durations of visits, in ms; `x` in hours of the extranet's clock. */
export function percentiles(curves: readonly { percentile: number; points: Curve }[]): string {
  return overTime(
    'Durée des visites',
    'percentiles de la durée des visites, échanges HTTP seuls, au cours du temps',
    'ms',
    curves.map(({ percentile, points }) => ({ name: `p${percentile}`, shape: 'line', points })),
  );
}

/** Percentiles of the durations of one request, in ms; `x` in minutes of this machine. */
export function requestPercentiles(
  name: string,
  curves: readonly { percentile: number; points: Curve }[],
): string {
  return chart({
    title: `Durée de « ${name} »`,
    description: 'percentiles de la durée de la requête au cours du temps',
    x: { label: 'minutes depuis la première requête, sur l’horloge de cette machine' },
    y: { label: 'ms' },
    series: curves.map(({ percentile, points }) => ({ name: `p${percentile}`, shape: 'line', points })),
  });
}

/** Demandes accepted whose mails have not all come, a curve each; `x` in hours. */
export function backlog(curves: readonly { name: string; points: Curve }[]): string {
  return overTime(
    'Demandes en attente',
    'demandes acceptées dont un mail manque encore',
    'demandes',
    curves.map(({ name, points }) => ({ name, shape: 'step', points })),
  );
}

function overTime(title: string, description: string, unit: string, series: Chart['series']): string {
  return chart({
    title,
    description,
    x: { label: 'heures depuis la première visite, sur l’horloge de l’extranet' },
    y: { label: unit },
    series,
  });
}
