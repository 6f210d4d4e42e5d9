import { duration, sayHours } from './wording.ts';

/** How a campaign under load stands, for one line. */
export type LoadProgress = {
  run: number;
  runs: number;
  arm: 'baseline' | 'load';
  phase: 'load' | 'drain';
  planned: number;
  due: number;
  ended: number;
  errors: number;
  /** A second of this machine. */
  plannedRate: number;
  achievedRate: number;
  /** Of whole visits. */
  p50Ms: number;
  p95Ms: number;
  p99Ms: number;
  backlog: number;
  oldestHours: number;
  /** Absent while nothing tells it. */
  leftMs?: number;
};

/** That line, in French. */
export function progressLine(progress: LoadProgress): string {
  const { run, runs, arm, phase, planned, ended, due, errors } = progress;
  const rate = (value: number) => value.toFixed(1).replace('.', ',');
  const ms = (value: number) => String(Math.round(value));
  return [
    `passage ${run}/${runs} ${arm === 'load' ? 'sous charge' : 'sans charge'}${phase === 'drain' ? ', suivi des mails' : ''}`,
    `visites ${ended}/${planned} (${due} dues)`,
    `${rate(progress.achievedRate)}/s pour ${rate(progress.plannedRate)}/s`,
    `${errors} en erreur`,
    `visite p50/p95/p99 ${ms(progress.p50Ms)}/${ms(progress.p95Ms)}/${ms(progress.p99Ms)} ms`,
    `${progress.backlog} mails attendus${progress.backlog > 0 ? `, le plus ancien depuis ${sayHours(progress.oldestHours)}` : ''}`,
    ...(progress.leftMs === undefined ? [] : [`reste ${duration(progress.leftMs)}`]),
  ].join(' · ');
}
