import { type FaultsReport, figures } from './faults.ts';

const conclusions = {
  0: '✔ Chaque défaut est vu ; rien ne rougit sans défaut.',
  1: '× La suite n’est pas prouvée.',
  3: '? Non concluant.',
} as const;

/** The proof in a few lines of plain French text, the verdict last. */
export function faultsOutline(report: FaultsReport): string {
  const { verdict, strays } = report;
  const shown = figures(report);
  const width = Math.max(...shown.map(({ name }) => name.length));
  return [
    ...shown.map(({ name, value, note }) => `${name.padEnd(width)}  ${value} : ${note}`),
    ...strays.map(({ fault, id, scenario }) => `  ${fault} rougit aussi ${id} (${scenario})`),
    '',
    ...verdict.reasons.map((reason) => `  ${reason}`),
    conclusions[verdict.exitCode],
  ].join('\n');
}
