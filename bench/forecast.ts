// Is what `guichet forecast` predicts true? Calibrates on days of a target with known truth, predicts a day of peak, lives
// through that day, and counts how often the 90 % interval holds what came: 87 to 93 % at every surge, or exit 1.
// `node bench/forecast.ts [REPLICATES]` (default 1000; one standard error of a coverage is then 0.9 points).
import { fileURLToPath } from 'node:url';
import { breakingRate, forecastPeak, outcomeOf } from '../harness/judge/forecast.ts';
import { modelOf } from '../harness/judge/forecast-model.ts';
import { randomOf } from '../harness/judge/random.ts';
import { calibrationOf, live, type Truth, usual } from './forecast-truth.ts';

const calibrationDays = 8;
const draws = 200;
/** How many times the demand of the calibration. */
const surges = [1.33, 1.67, 2.33, 3.67];
const wanted = { least: 0.87, most: 0.93 };

/** How often the interval held what came, at one surge; `bias` and `width` in hours. */
export type Coverage = { surge: number; held: number; replicates: number; bias: number; width: number };

/** Truths that the forecast does not assume: told, and not part of the gate. */
const harder: Record<string, Partial<Truth>> = {
  'work of random length': { workVariation: 1 },
  'correlated days (0.3)': { correlation: 0.3 },
};

/** The coverage of the predicted mean time to the last mail on a day of peak, at each surge. */
export function forecastCoverage(truth: Truth, replicates: number, seed: number): Coverage[] {
  const random = randomOf(seed);
  const sums = surges.map((surge) => ({ surge, held: 0, replicates, bias: 0, width: 0 }));
  for (let replicate = 0; replicate < replicates; replicate++) {
    const past = live(truth, new Array(calibrationDays).fill(1), random);
    const model = modelOf(calibrationOf(past, calibrationDays + 2));
    for (const sum of sums) {
      const came = livedHours(truth, sum.surge, model.deadlineHours, random);
      const { hours } = forecastPeak(
        model,
        { peak: { times: sum.surge }, days: 1 },
        { draws, seed: replicate },
      );
      if (came >= hours.low && came <= hours.high) sum.held++;
      sum.bias += (hours.median - came) / replicates;
      sum.width += (hours.high - hours.low) / replicates;
    }
  }
  return sums;
}

/** How often the interval of the breaking rate, of one day of peak, holds the rate at which it truly breaks. */
function breakingCoverage(truth: Truth, replicates: number, seed: number): number {
  const random = randomOf(seed);
  let held = 0;
  for (let replicate = 0; replicate < replicates; replicate++) {
    const past = live(truth, new Array(calibrationDays).fill(1), random);
    const model = modelOf(calibrationOf(past, calibrationDays + 2));
    const { low, high } = breakingRate(model, 1, { draws, seed: replicate });
    // The same weather at every rate: halved until the rate is known to less than one part of a hundred.
    let [least, most] = [1, 16];
    while (most / least > 1.01) {
      const middle = Math.sqrt(least * most);
      const peak = live(truth, [1, 1, middle], randomOf(1e6 + replicate));
      if (peak.some(({ at, done }) => at >= 48 && done - at > model.deadlineHours)) most = middle;
      else least = middle;
    }
    const came = truth.demandesPerDay * Math.sqrt(least * most);
    if (came >= low && came <= high) held++;
  }
  return held / replicates;
}

/** Two ordinary days and then the peak: the restricted mean that came. */
function livedHours(
  truth: Truth,
  surge: number,
  deadlineHours: number,
  random: ReturnType<typeof randomOf>,
): number {
  const peak = live(truth, [1, 1, surge], random).filter(({ at }) => at >= 48);
  const hours = Float64Array.from(peak, ({ at, done }) => done - at);
  const played = { planned: peak.map(({ at }) => at), hours, weight: peak.map(() => 1) };
  return outcomeOf(played, { missing: 0, deadlineHours }).hours;
}

/** Runs the gate, with the harder truths beside it; answers whether it is passed. `print` takes a line. */
export function judgeForecast(replicates: number, print: (line: string) => void): boolean {
  const tell = (name: string, coverages: readonly Coverage[]) => {
    print(`Forecast, ${name}: coverage at nominal 90 %, ${coverages[0]?.replicates} replicates`);
    for (const { surge, held, replicates: all, bias, width } of coverages) {
      const error = Math.sqrt(((held / all) * (1 - held / all)) / all);
      print(
        `  +${Math.round(100 * (surge - 1))} %`.padEnd(10) +
          `${((100 * held) / all).toFixed(1)} % (± ${(100 * error).toFixed(1)})   bias ${bias.toFixed(2)} h, width ${width.toFixed(1)} h`,
      );
    }
  };
  const gate = forecastCoverage(usual, replicates, 7);
  tell('usual days', gate);
  for (const [name, change] of Object.entries(harder)) {
    tell(
      `${name} (not in the gate)`,
      forecastCoverage({ ...usual, ...change }, Math.ceil(replicates / 4), 8),
    );
  }
  const fewer = Math.ceil(replicates / 4);
  const breaking = breakingCoverage(usual, fewer, 9);
  const error = Math.sqrt((breaking * (1 - breaking)) / fewer);
  print(
    `Forecast, breaking rate of one day (not in the gate): ${(100 * breaking).toFixed(1)} % (± ${(100 * error).toFixed(1)}), ${fewer} replicates`,
  );
  const passed = gate.every(
    ({ held }) => held / replicates >= wanted.least && held / replicates <= wanted.most,
  );
  print(
    passed
      ? 'Forecast: passed, 87 to 93 % at every surge.'
      : 'Forecast: MISSED, a coverage is not within 87 to 93 %.',
  );
  return passed;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const replicates = Number(process.argv[2] ?? 1000);
  if (!Number.isInteger(replicates) || replicates < 1)
    throw new Error(`${process.argv[2]} is no number of replicates.`);
  process.exitCode = judgeForecast(replicates, (line) => console.log(line)) ? 0 : 1;
}
