import { type Demande, demandeForLoad } from '../../fixtures/demande.ts';
import type { Leave, Mistake } from '../../fixtures/wire-map.ts';
import { GuichetError } from '../errors.ts';
import { type Random, randomOf } from '../judge/random.ts';
import type { PlannedSubmission } from '../ledger/ledger.ts';
import type { Workload } from './workload.ts';

/** What a campaign is asked for, beside its workload. */
export type Sizing = {
  seed: number;
  probesPerRun: number;
  /** Demandes of the background of one run at most; what is above is divided by the compression factor. */
  mostPerRun: number;
  mailDomain: string;
};

/** One planned visit. */
export type Visit = {
  id: string;
  kind: 'probe' | 'background';
  /** Minutes of the virtual day. */
  minute: number;
  demande: Demande;
  leaves?: Leave;
  mistakes?: Mistake[];
  retries?: number;
};

/** What a workload comes to for one run. */
export type Measure = {
  /** Visits and demandes of a day, as the workload has them. */
  visitsPerDay: number;
  demandesPerDay: number;
  /** By how much demand and agents are divided. */
  factor: number;
  agents: number;
  /** Of the background of one run under load. */
  visits: number;
  demandes: number;
  /** Of a run, in minutes of the day. */
  from: number;
  to: number;
  /** Visits of the highest hour, before the division. */
  peakPerHour: number;
};

/** Whom the mails of a visit are for, and about which establishment. */
export function addresseeOf({ id, demande }: Pick<Visit, 'id' | 'demande'>) {
  return { id, siret: demande.siret, courriel: demande.courrielUtilisateur };
}

/** What the ledger holds of a visit before it is sent; who leaves before ENVOYER expects no mail. */
export function submissionOf(
  visit: Pick<Visit, 'id' | 'demande' | 'leaves'>,
  planned: Date,
): PlannedSubmission {
  return { ...addresseeOf(visit), planned, ...(visit.leaves ? { expects: [] } : {}) };
}

/** More SIRETs than one run takes: runs never share one. */
const sirets = 1_000_000;
/** Visits of one run that this machine is asked for at most. */
const mostVisits = 100_000;

/** Reckons a workload. Throws `GUICHET_USAGE` when less than one agent is left, or a run is out of bounds. */
export function measure(workload: Workload, { mostPerRun }: Pick<Sizing, 'mostPerRun'>): Measure {
  const visitsPerDay = arrivals(workload).reduce((sum, { visits }) => sum + visits, 0);
  const demandesPerDay = visitsPerDay * (1 - workload.siretOnly - workload.abandons);
  const counted = demandesPerDay > 0.5 ? demandesPerDay : visitsPerDay;
  const factor = Math.max(1, counted / mostPerRun);
  const agents = Math.round(workload.agents / factor);
  if (agents < 1) {
    throw new GuichetError(
      'GUICHET_USAGE',
      `${workload.name}: agents: ${workload.agents} divided by the compression factor ${factor.toFixed(1)} is less than one.`,
      `Write ${Math.ceil(factor)} or more, or raise --demandes.`,
    );
  }
  const visits = Math.max(1, Math.round(visitsPerDay / factor));
  if (visits > mostVisits) {
    throw new GuichetError(
      'GUICHET_CAP_EXCEEDED',
      `${workload.name}: ${visits} visits a run are planned, ${mostVisits} allowed.`,
      'Lower --demandes.',
    );
  }
  const [first, last] = [workload.stages[0], workload.stages.at(-1)];
  const peakPerHour = Math.max(...workload.stages.flatMap((one) => [one.fromPerHour, one.toPerHour]));
  return {
    ...{ visitsPerDay, demandesPerDay, factor, agents, visits, peakPerHour },
    demandes: Math.round(demandesPerDay / factor),
    from: minutesOf(first?.from ?? '00:00'),
    to: minutesOf(last?.to ?? '24:00'),
  };
}

/**
 * The visits of run number `run` (from 1), in the order of their minutes. Both arms have the same probes at the same
 * minutes; the background of a loaded run is drawn anew for each from the seed.
 */
export function planRun(
  workload: Workload,
  sizing: Sizing,
  { run, arm }: { run: number; arm: 'baseline' | 'load' },
): Visit[] {
  const { seed, probesPerRun, mailDomain } = sizing;
  const random = randomOf(seed + 7919 * run);
  const at = quantile(workload);
  const prefix = `r${String(run).padStart(2, '0')}`;
  const cast = (index: number) => demandeForLoad({ seed, index: run * sirets + index, mailDomain });
  const probes = Array.from({ length: probesPerRun }, (_, index): Visit => {
    const minute = at((index + 0.5) / probesPerRun);
    return { id: `${prefix}-p${index + 1}`, kind: 'probe', minute, demande: cast(index) };
  });
  const count = arm === 'load' ? measure(workload, sizing).visits : 0;
  const background = Array.from({ length: count }, (_, index): Visit => {
    const visit = conduct(workload, random, mailDomain);
    const minute = at(random.uniform());
    const demande = cast(probesPerRun + index);
    return { id: `${prefix}-b${index + 1}`, kind: 'background', minute, demande, ...visit };
  });
  return [...probes, ...background].sort((a, b) => a.minute - b.minute);
}

/** What one visitor of the background does. */
function conduct({ siretOnly, abandons, refused, retries }: Workload, random: Random, domain: string) {
  const draw = random.uniform();
  const tries = retries > 0 ? { retries } : {};
  if (draw < siretOnly) return { leaves: 'form' as const, ...tries };
  if (draw < siretOnly + abandons) return { leaves: 'siret' as const, ...tries };
  const mistakes = [{ confirmerCourrielUtilisateur: `autre@${domain}` }];
  return { ...(random.uniform() < refused ? { mistakes } : {}), ...tries };
}

/** Each stage in minutes, with the visits that it brings. */
function arrivals({ stages }: Workload) {
  return stages.map(({ from, to, fromPerHour, toPerHour }) => {
    const [start, end] = [minutesOf(from), minutesOf(to)];
    return {
      start,
      end,
      fromPerHour,
      toPerHour,
      visits: (((fromPerHour + toPerHour) / 2) * (end - start)) / 60,
    };
  });
}

/** The minute by which that part of the day's visits has come. */
function quantile(workload: Workload): (part: number) => number {
  const stages = arrivals(workload);
  const total = stages.reduce((sum, { visits }) => sum + visits, 0);
  return (part) => {
    let left = part * total;
    for (const { start, end, fromPerHour: a, toPerHour: b, visits } of stages) {
      if (left > visits || visits === 0) {
        left -= visits;
        continue;
      }
      // left = a x + (b − a) x² / 2 d, in hours from the start of a stage of d hours.
      const d = (end - start) / 60;
      const slope = (b - a) / d;
      const x = Math.abs(slope) < 1e-9 ? left / a : (Math.sqrt(a * a + 2 * slope * left) - a) / slope;
      return Math.min(end - 1e-6, start + 60 * x);
    }
    return (stages.at(-1)?.end ?? 0) - 1e-6;
  };
}

function minutesOf(time: string): number {
  const [hours = 0, minutes = 0] = time.split(':').map(Number);
  return 60 * hours + minutes;
}
