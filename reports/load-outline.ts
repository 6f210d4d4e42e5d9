import type { LoadEstimate, LoadJudgement } from './load.ts';
import { sayHours, sayPart } from './wording.ts';

/** What the judge of a campaign under load says, in plain French text, the verdict last; `table`: the estimates too. */
export function loadOutline(judgement: LoadJudgement, { table = true } = {}): string {
  const { protocol, hash, findings } = judgement;
  const { runsPerArm, probesPerRun, deltaHours, tauHours, seed, workload } = protocol;
  const heading = [
    `Passages  : ${runsPerArm} sans charge, ${runsPerArm} sous charge (${workload}), ${probesPerRun} sondes chacun`,
    `Protocole : δ = ${sayTerm(deltaHours)} et ${sayPart(protocol.deltaMissed)}, τ = ${sayTerm(tauHours)}, graine ${seed}, fixé avant le premier passage`,
    `            sha256 ${hash}`,
  ];
  if (!findings)
    return [
      ...heading,
      '',
      ...judgement.reasons.map((reason) => `  · ${reason}`),
      '? Campagne invalide : aucun verdict.',
    ].join('\n');
  const { hours, missed, p, arrangements } = findings;
  return [
    ...heading,
    '',
    ...(table ? aligned(estimateRows({ hours, missed }, tauHours)) : []),
    `p = ${p.toFixed(3).replace('.', ',')}, exact : les ${arrangements.toLocaleString('fr-FR')} arrangements des passages sont tous comparés`,
    '',
    ...conclusion(judgement.verdict, protocol, { hours, missed, p }),
  ].join('\n');
}

/** Both estimates as rows of cells, the heading first. */
export function estimateRows(
  { hours, missed }: Record<'hours' | 'missed', LoadEstimate>,
  tauHours: number,
): string[][] {
  return [
    ['', 'sans charge', 'sous charge', 'écart', 'intervalle à 90 %'],
    ['Temps moyen jusqu’au troisième mail', ...cells(hours, sayHours)],
    [`Sans les trois mails sous ${sayTerm(tauHours)}`, ...cells(missed, sayPart)],
  ];
}

function conclusion(
  verdict: LoadJudgement['verdict'],
  { deltaHours, deltaMissed, tauHours }: LoadJudgement['protocol'],
  { hours, missed, p }: { hours: LoadEstimate; missed: LoadEstimate; p: number },
): string[] {
  const established = [
    ...(hours.lower > 0
      ? [
          `la charge retarde le troisième mail de ${sayHours(hours.difference)} en moyenne (entre ${sayHours(hours.lower)} et ${sayHours(hours.upper)})`,
        ]
      : []),
    ...(missed.lower > 0
      ? [
          `la charge prive ${sayPart(missed.difference)} des demandes de leurs trois mails sous ${sayTerm(tauHours)} (entre ${sayPart(missed.lower)} et ${sayPart(missed.upper)})`,
        ]
      : []),
  ];
  if (verdict === 'no-larger-effect')
    return [
      ...(established.length > 0 && p <= 0.05 ? ['  Un effet existe, plus petit que δ.'] : []),
      `✔ Pas d’effet supérieur à δ : la charge retarde le troisième mail de moins de ${sayTerm(deltaHours)} en moyenne, et prive moins de ${sayPart(deltaMissed)} des demandes de leurs trois mails sous ${sayTerm(tauHours)}.`,
    ];
  if (verdict === 'effect')
    return [
      `× Effet : ${established.join(' ; ') || 'les mails ne sont pas les mêmes sous charge, d’un écart que l’horloge ne dit pas assez finement'}.`,
    ];
  const open = [
    ...(hours.upper >= deltaHours ? [`un retard de ${sayHours(hours.upper)}`] : []),
    ...(missed.upper >= deltaMissed
      ? [`${sayPart(missed.upper)} de demandes sans leurs trois mails en plus`]
      : []),
  ];
  return [`? Non concluant : l’effet n’est pas établi, et ${open.join(' ou ')} n’est pas exclu.`];
}

function cells({ baseline, load, difference, lower, upper }: LoadEstimate, say: (value: number) => string) {
  const signed = (value: number) => `${value < 0 ? '−' : '+'}${say(Math.abs(value))}`;
  return [say(baseline), say(load), signed(difference), `de ${signed(lower)} à ${signed(upper)}`];
}

/** Columns as wide as their widest cell, the first one to the left. */
function aligned(rows: readonly string[][]): string[] {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows.map((row) =>
    row
      .map((cell, column) =>
        column === 0 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0),
      )
      .join('  '),
  );
}

/** `48 h`, `1 h 30`. */
function sayTerm(hours: number): string {
  return Number.isInteger(hours) ? `${hours} h` : sayHours(hours);
}
