import type { LoadProtocol } from './load.ts';
import { duration, sayCount } from './wording.ts';

/** What a campaign will do, before it does anything. */
export type LoadPlan = {
  workload: string;
  sources: Readonly<Record<string, string>>;
  /** Of a day, as the workload has them. */
  visitsPerDay: number;
  demandesPerDay: number;
  peakPerHour: number;
  factor: number;
  agents: number;
  coupling: string;
  protocol: LoadProtocol;
  seed: number;
  /** Of one run of each arm. */
  probes: number;
  backgroundVisits: number;
  backgroundDemandes: number;
  /** Of the whole campaign. */
  visits: number;
  demandes: number;
  mails: number;
  sirets: number;
  /** On this machine. */
  perSecond: number;
  durationMs: number;
};

/** The plan in French, a line a fact. */
export function planPage(plan: LoadPlan): string {
  const { protocol, factor } = plan;
  const { runsPerArm, tauHours, deltaHours, power } = protocol;
  return [
    `Charge « ${plan.workload} », graine ${plan.seed}`,
    `Demande réelle : ${sayCount(plan.visitsPerDay)} visites et ${sayCount(plan.demandesPerDay)} demandes par jour, ${sayCount(plan.peakPerHour)} visites/h au plus fort (${sayCount(plan.peakPerHour / 3600, 2)}/s)`,
    `Compression    : ${sayCount(factor, 1)} (demande et agents divisés par ce facteur) ; ${sayCount(plan.agents)} agents, couplage ${plan.coupling}`,
    `Passages       : ${runsPerArm} sans charge, ${runsPerArm} sous charge ; δ = ${sayCount(deltaHours, 2)} h, τ = ${sayCount(tauHours)} h, puissance ${sayCount(100 * power)} %`,
    `Par passage    : ${sayCount(plan.probes)} sondes ; sous charge, ${sayCount(plan.backgroundVisits)} visites de plus, dont ${sayCount(plan.backgroundDemandes)} demandes`,
    `En tout        : ${sayCount(plan.visits)} visites, ${sayCount(plan.demandes)} demandes, ${sayCount(plan.mails)} mails attendus, ${sayCount(plan.sirets)} SIRET utilisés`,
    `Cadence ici    : ${sayCount(plan.perSecond)} visites/s au plus ; horloge virtuelle, ${sayCount(tauHours)} h de suivi par passage`,
    `Durée          : ${duration(plan.durationMs)} environ`,
    'Sources :',
    ...Object.entries(plan.sources).map(([figure, source]) => `  ${figure} : ${source}`),
  ].join('\n');
}
