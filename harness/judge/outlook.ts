import type { Outlook } from '../../reports/forecast-outline.ts';
import { localRuns } from './calibration-days.ts';
import type { Calibration } from './calibration-runs.ts';
import { breakingRate, type Draws, forecastPeak } from './forecast.ts';
import { type Model, modelOf, usualDay } from './forecast-model.ts';
import type { Peak } from './forecast-play.ts';
import { kneeOf, type Point } from './isotonic.ts';

/**
 * Demandes a day of `covid-week`: 425,000 on 1 April 2020 and 735,000 (revised) on 7 April; Dares, by Le Journal des
 * Entreprises and AEF 627686.
 */
export const covidWeek = { perDay: 44_500, days: 7 };
/** How many days the peak lasts, in the table of breaking rates. */
const durations = [1, 2, 3, 5, 7];
/** Rates of the curve, in usual days of the agents' capacity. */
const curveAt = [0.25, 0.5, 0.75, 0.9, 1, 1.1, 1.25, 1.5, 2, 2.5, 3, 4];
/** The curve has its knee where the mean has risen by so much, in hours: the δ of the load judge. */
const kneeHours = 2;

export type Question = { peak: Peak; days: number };

/** All that `guichet forecast` tells of a calibration and a peak. Throws what `modelOf` throws. */
export function outlookOf(calibration: Calibration, { peak, days }: Question, how: Draws): Outlook {
  const model = modelOf(calibration);
  const perDay = 'perDay' in peak ? peak.perDay : peak.times * Math.exp(model.demand.mean);
  const curve = curveAt.map((part) => {
    const rate = part * usualDay(model);
    return { perDay: rate, ...forecastPeak(model, { peak: { perDay: rate }, days: 1 }, how) };
  });
  const breaking = [...new Set([...durations, days])]
    .sort((a, b) => a - b)
    .map((length) => ({ days: length, ...breakingRate(model, length, how) }));
  const limit = breaking.find((each) => each.days === days) ?? { low: 0, high: 0 };
  return {
    target: calibration.target,
    deadlineHours: model.deadlineHours,
    calibration: calibrationFacts(calibration, model),
    question: { perDay, days, ...forecastPeak(model, { peak: { perDay }, days }, how) },
    answer: limit.low > perDay ? 'holds' : limit.high < perDay ? 'breaks' : 'uncertain',
    ...{ breaking, curve, covidWeek, kneeHours },
    knee: {
      predicted: kneeOf(
        curve.map((point) => ({ x: point.perDay, y: point.hours.median })),
        kneeHours,
      ),
      observed: observedKnee(calibration),
    },
  };
}

/** Undefined when all runs have one rate: their curve has no shape. */
function observedKnee(calibration: Calibration) {
  const points = observedPoints(calibration);
  return new Set(points.map(({ x }) => x)).size > 1 ? kneeOf(points, kneeHours) : undefined;
}

/** Each run: the demandes of its busiest day, and its restricted mean in hours. */
function observedPoints(calibration: Calibration): Point[] {
  const { compression, deadlineHours } = calibration;
  return localRuns(calibration).map(({ submissions }) => {
    const days = Map.groupBy(submissions, ({ planned }) => Math.floor(planned / 24));
    const most = Math.max(...[...days.values()].map((day) => day.length));
    const sum = submissions.reduce((total, { hours }) => total + Math.min(hours, deadlineHours), 0);
    return { x: most * compression, y: sum / submissions.length };
  });
}

function calibrationFacts({ runs, compression }: Calibration, model: Model): Outlook['calibration'] {
  const { office, capacity, demand, slowed, missing, replayHours } = model;
  return {
    runs: runs.length,
    submissions: runs.reduce((sum, { submissions }) => sum + submissions.length, 0),
    compression,
    office: { from: office.from, to: office.to, closed: [...office.closed], unseen: office.unseen },
    capacityDays: capacity.days,
    capacityPerDay: usualDay(model),
    capacitySpread: Math.sqrt(capacity.variance),
    demandPerDay: Math.exp(demand.mean),
    demandSpread: Math.sqrt(demand.variance),
    ...{ slowed, missing, replayHours },
  };
}
