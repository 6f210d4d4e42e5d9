import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { forecastOutline } from '../../reports/forecast-outline.ts';
import { campaignsFolder } from '../campaign/folder.ts';
import { exitCode, GuichetError } from '../errors.ts';
import { openCalibration } from '../judge/campaign-runs.ts';
import type { Peak } from '../judge/forecast-play.ts';
import { covidWeek, outlookOf } from '../judge/outlook.ts';
import { type Command, wholeNumber } from './command.ts';

/** Possible futures that are drawn for each rate. */
const draws = 400;
const exits = { holds: exitCode.conform, breaks: exitCode.notConform, uncertain: exitCode.inconclusive };

export const forecast: Command = {
  help: `Usage: npx guichet forecast CAMPAIGN [FLAGS]

From the runs of a load campaign, tells at what rate of submissions, and at what hour of the peak, the 48 h promise
breaks, each with its interval of 90 %; the time to the third mail by rate, where it begins to rise, and what is left
above covid-week. CAMPAIGN is the folder of "guichet load", its name in reports/out/, or a file of runs (docs/forecast.md).

  --rate RATE   the peak that is asked about: demandes a day, or +N% more than the calibration's day
                (default: ${covidWeek.perDay}, covid-week)
  --days N      how many days the peak lasts, from a Monday on (default: ${covidWeek.days})
  --seed N      other random futures (default: 1)
  --json FILE   writes all figures there too

Exit 0 when the promise holds at that peak, 1 when it breaks, 3 when the interval does not tell, or the calibration has
too few days on which a queue was seen.

Example: npx guichet forecast 2026-11-26T09-00-00-load-4711 --rate +133% --days 1
`,
  options: {
    rate: { type: 'string' },
    days: { type: 'string' },
    seed: { type: 'string' },
    json: { type: 'string' },
  },
  run: async ({ flags, words }) => {
    const [named, ...others] = words;
    if (!named || others.length > 0)
      throw new GuichetError('GUICHET_USAGE', `${words.length} campaigns are given.`, 'Give one.');
    const path = [named, join(campaignsFolder, named)].find((each) => existsSync(each));
    if (!path)
      throw new GuichetError(
        'GUICHET_USAGE',
        `There is no campaign "${named}".`,
        'Give a folder of "guichet load", its name in reports/out/, or a file of runs.',
      );
    const days = wholeNumber(flags, 'days', { min: 1, max: 31 }) ?? covidWeek.days;
    const seed = wholeNumber(flags, 'seed') ?? 1;
    const outlook = outlookOf(openCalibration(path), { peak: peakOf(flags.rate), days }, { draws, seed });
    process.stdout.write(`${forecastOutline(outlook)}\n`);
    // JSON has no infinity: null is "never".
    if (typeof flags.json === 'string') writeFileSync(flags.json, `${JSON.stringify(outlook, null, 2)}\n`);
    return exits[outlook.answer];
  },
};

function peakOf(given: string | boolean | undefined): Peak {
  if (given === undefined) return { perDay: covidWeek.perDay };
  const [, more, number] = /^(\+?)(\d+(?:\.\d+)?)%?$/.exec(String(given)) ?? [];
  const value = Number(number);
  const relative = String(given).endsWith('%');
  if (number === undefined || relative !== (more === '+') || value <= 0 || value > 1e7)
    throw new GuichetError(
      'GUICHET_USAGE',
      `--rate is "${given}".`,
      'Give demandes a day (44500), or how many more than in the calibration (+33%).',
    );
  return relative ? { times: 1 + value / 100 } : { perDay: value };
}
