import type { LoadProtocol } from './load.ts';
import { duration } from './wording.ts';

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
  const number = (value: number, digits = 0) =>
    value.toLocaleString('fr-FR', { maximumFractionDigits: digits }).replace(/\u202f/g, ' ');
  return [
    `Charge « ${plan.workload} », graine ${plan.seed}`,
    `Demande réelle : ${number(plan.visitsPerDay)} visites et ${number(plan.demandesPerDay)} demandes par jour, ${number(plan.peakPerHour)} visites/h au plus fort (${number(plan.peakPerHour / 3600, 2)}/s)`,
    `Compression    : ${number(factor, 1)} (demande et agents divisés par ce facteur) ; ${number(plan.agents)} agents, couplage ${plan.coupling}`,
    `Passages       : ${runsPerArm} sans charge, ${runsPerArm} sous charge ; δ = ${number(deltaHours, 2)} h, τ = ${number(tauHours)} h, puissance ${number(100 * power)} %`,
    `Par passage    : ${number(plan.probes)} sondes ; sous charge, ${number(plan.backgroundVisits)} visites de plus, dont ${number(plan.backgroundDemandes)} demandes`,
    `En tout        : ${number(plan.visits)} visites, ${number(plan.demandes)} demandes, ${number(plan.mails)} mails attendus, ${number(plan.sirets)} SIRET utilisés`,
    `Cadence ici    : ${number(plan.perSecond)} visites/s au plus ; horloge virtuelle, ${number(tauHours)} h de suivi par passage`,
    `Durée          : ${duration(plan.durationMs)} environ`,
    'Sources :',
    ...Object.entries(plan.sources).map(([figure, source]) => `  ${figure} : ${source}`),
  ].join('\n');
}
