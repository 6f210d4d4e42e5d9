import { z } from 'zod';
import { sayPart } from './wording.ts';

/** Something red where nothing was broken, or where the fault does not break it. */
const stray = z.strictObject({
  id: z.string().describe('Requirement, or "" when the scenario was aborted'),
  scenario: z.string(),
  observed: z.string().describe('French, redacted'),
});

const fault = z.strictObject({
  name: z.string(),
  breaks: z.array(z.string()).describe('Requirements that the fault says it breaks'),
  dead: z.boolean().describe('Its probe saw no difference from the sound extranet: a fault of the harness'),
  scenarios: z.array(z.string()).describe('Scenarios that were played under it'),
  red: z.array(z.string()).describe('Requirements that turned red'),
  cantTell: z.array(z.string()).describe('Requirements about which nothing could be said any more'),
  caught: z.boolean().describe('A MUST or SHOULD that it breaks turned red'),
});
export type FaultResult = z.infer<typeof fault>;

const networkFault = z.strictObject({
  name: z.string(),
  what: z.string().describe('What it does (French)'),
  outcome: z
    .enum(['inconclusive', 'named', 'innocent', 'unnoticed'])
    .describe('Inconclusive or a named failure is right; a red innocent or an unnoticed fault is not'),
  red: z.array(z.string()).describe('Requirements that turned red'),
  said: z.array(z.string()).describe('What the runs said of it, each once (French)'),
});
export type NetworkResult = z.infer<typeof networkFault>;

/** `faults.json`: what `guichet prove` found. */
export const faultsReport = z.strictObject({
  schemaVersion: z.literal(1),
  guichet: z.string().describe('Version of Guichet'),
  catalogue: z.strictObject({ revision: z.string(), total: z.int() }),
  campaign: z.strictObject({
    id: z.string(),
    startedAt: z.iso.datetime(),
    finishedAt: z.iso.datetime(),
    seed: z.int(),
    selection: z.array(z.string()).describe('Flags that chose the faults and the parts; empty means all'),
    interrupted: z.boolean(),
  }),
  faults: z.array(fault),
  attribution: z
    .number()
    .min(0)
    .max(1)
    .nullable()
    .describe('Share of the red requirements that their fault breaks, whole suite; null when not measured'),
  attributionOf: z.array(z.string()).describe('Faults that the attribution was measured on'),
  strays: z.array(stray.extend({ fault: z.string() })).describe('Red in the attribution, and not broken'),
  silentRuns: z.int().nonnegative().describe('Runs of the whole suite on the sound extranet'),
  falseAlarms: z.array(stray).describe('What turned red or was aborted on the sound extranet'),
  network: z.array(networkFault),
  seconds: z
    .record(z.string(), z.number())
    .describe('Wall time of each part; "sound" is one whole suite on the sound extranet'),
  verdict: z.strictObject({
    exitCode: z.union([z.literal(0), z.literal(1), z.literal(3)]),
    reasons: z.array(z.string()).describe('French, one line each, most serious first'),
  }),
});
export type FaultsReport = z.infer<typeof faultsReport>;

/** One figure of a proof in words (French). */
export type Figure = { name: string; value: string; note: string };

/** The figures of a proof, those of the parts that were played. */
export function figures(report: FaultsReport): Figure[] {
  const { faults, attribution, attributionOf, strays, silentRuns, falseAlarms, network, seconds } = report;
  const count = (test: (fault: FaultResult) => boolean) => faults.filter(test).length;
  const right = network.filter(({ outcome }) => outcome === 'inconclusive' || outcome === 'named').length;
  const found: (Figure & { part: string; there: boolean })[] = [
    {
      part: 'matrix',
      there: faults.length > 0,
      name: 'Défauts vus',
      value: `${count(({ caught }) => caught)} sur ${faults.length}`,
      note: `${count(({ caught, dead }) => !caught && !dead)} non vus, ${count(({ dead }) => dead)} sans effet`,
    },
    {
      part: 'attribution',
      there: attribution !== null,
      name: 'Attribution',
      value: sayPart(attribution ?? 0),
      note: `${strays.length} rouges de trop, ${attributionOf.length} défauts contre toute la suite`,
    },
    {
      part: 'silence',
      there: silentRuns > 0,
      name: 'Fausses alertes',
      value: String(falseAlarms.length),
      note: `${silentRuns} passages de toute la suite sur l’extranet sain`,
    },
    {
      part: 'network',
      there: network.length > 0,
      name: 'Défauts du réseau',
      value: `${right} sur ${network.length}`,
      note: 'remarqués sans être imputés à la cible',
    },
    { part: 'sound', there: true, name: 'Référence', value: '1 suite', note: 'sur l’extranet sain' },
  ];
  return found
    .filter(({ there }) => there)
    .map(({ part, name, value, note }) => ({ name, value, note: note + tookOf(seconds, part) }));
}

/** How long a part took, and how many times one whole suite that is. */
function tookOf(seconds: FaultsReport['seconds'], part: string): string {
  const took = seconds[part];
  if (took === undefined) return '';
  const suites =
    seconds.sound && part !== 'sound'
      ? `, soit ${(took / seconds.sound).toFixed(1).replace('.', ',')} suites`
      : '';
  return ` (${took.toFixed(0)} s${suites})`;
}
