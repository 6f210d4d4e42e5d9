// A back office with known truth: its delays come from a queue that a run's demandes share, as on a real target.
import { type Arm, type Probe, probeOf, type Run } from '../harness/judge/load-runs.ts';
import type { Random } from '../harness/judge/random.ts';
import type { AccountContent } from '../harness/mail/account-mail.ts';

/** What the surroundings are like; each key alone is one condition of the bench. */
export type Condition = {
  /** The run starts on a Thursday, and nobody works on Saturday and Sunday. */
  weekend?: boolean;
  /** Mails leave only at these hours of the day. */
  batchHours?: readonly number[];
  /** Part of the demandes that overtake the others. */
  priority?: number;
  /** Correlation of one day's demand and capacity with the next one's, over the whole campaign. */
  correlation?: number;
  /** Part of the mails that never come. */
  lost?: number;
  /** Part of the mails that come twice. */
  doubled?: number;
};

const days = 3;
const probesPerDay = 80;
const demandesPerDay = 200;
const agents = 8;
const opens = 9;
const closes = 17;
const openHours = closes - opens;
/** So that the agents are busy three quarters of the time. */
const serviceHours = (agents * openHours * 0.75) / (demandesPerDay + probesPerDay);
/** Spread of a day's demand and of its capacity: the figures of the first study. */
const demandSpread = 0.15;
const capacitySpread = 0.1;
export const probesPerRun = days * probesPerDay;

/** The state that a campaign carries from day to day. */
export type Weather = { demand: number; capacity: number };

type Demande = { at: number; priority: boolean; probe: boolean };

/**
 * One run: probes at the same instants in either arm, other demandes at random, and under load `added` times as many
 * on top of those.
 */
export function simulateRun(
  arm: Arm,
  added: number,
  condition: Condition,
  weather: Weather,
  random: Random,
): Run {
  const correlation = condition.correlation ?? 0;
  const demandes: Demande[] = [];
  const capacity: number[] = [];
  const fresh = Math.sqrt(1 - correlation ** 2);
  for (let day = 0; day < days; day++) {
    weather.demand = correlation * weather.demand + fresh * random.normal();
    weather.capacity = correlation * weather.capacity + fresh * random.normal();
    const wanted =
      demandesPerDay * (1 + (arm === 'load' ? added : 0)) * Math.exp(demandSpread * weather.demand);
    capacity.push(Math.exp(capacitySpread * weather.capacity));
    for (
      let at = 8 + (10 / wanted) * random.exponential();
      at < 18;
      at += (10 / wanted) * random.exponential()
    ) {
      demandes.push({ at: 24 * day + at, priority: false, probe: false });
    }
    for (let probe = 0; probe < probesPerDay; probe++) {
      demandes.push({ at: 24 * day + 8 + (10 * (probe + 0.5)) / probesPerDay, priority: false, probe: true });
    }
  }
  demandes.sort((a, b) => a.at - b.at);
  const share = condition.priority ?? 0;
  if (share > 0) for (const demande of demandes) demande.priority = random.uniform() < share;
  return { arm, probes: served(demandes, capacity, condition, random) };
}

/** Lets the agents serve the demandes, each by its turn, and follows the probes to their mails. */
function served(demandes: Demande[], capacity: number[], condition: Condition, random: Random): Probe[] {
  const probes: Probe[] = [];
  const low = demandes.filter(({ priority }) => !priority);
  const high = demandes.filter(({ priority }) => priority);
  const free = new Float64Array(agents);
  let nextLow = 0;
  let nextHigh = 0;
  while (nextLow < low.length || nextHigh < high.length) {
    let agent = 0;
    for (let other = 1; other < agents; other++) {
      if ((free[other] ?? 0) < (free[agent] ?? 0)) agent = other;
    }
    const lowAt = low[nextLow]?.at ?? Number.POSITIVE_INFINITY;
    const highAt = high[nextHigh]?.at ?? Number.POSITIVE_INFINITY;
    // Worked hours, not calendar hours: an agent goes on in the morning where the evening stopped the work.
    const start = Math.max(free[agent] ?? 0, worked(Math.min(lowAt, highAt), condition));
    const demande = worked(highAt, condition) <= start ? high[nextHigh++] : low[nextLow++];
    if (!demande) break;
    const speed = capacity[Math.floor(start / openHours)] ?? 1;
    const done = start + (serviceHours * random.exponential()) / speed;
    free[agent] = done;
    if (demande.probe) probes.push(mailsOf(demande.at, calendar(done, condition), condition, random));
  }
  return probes;
}

/** The three mails of a probe: the first when it is taken, the others when an agent is done with it. */
function mailsOf(at: number, done: number, condition: Condition, random: Random): Probe {
  const { lost = 0, doubled = 0 } = condition;
  const mails: { id: string; kind: AccountContent; received: Date }[] = [];
  const send = (kind: AccountContent, due: number) => {
    if (lost > 0 && random.uniform() < lost) return;
    const sent = leaves(due, condition);
    if (doubled > 0 && random.uniform() < doubled)
      mails.push({ id: '', kind, received: new Date(hour * (sent + 6 * random.exponential())) });
    mails.push({ id: '', kind, received: new Date(hour * sent) });
  };
  send('identifiant', at + 0.2 * random.exponential());
  send('mot-de-passe', done + 0.2 * random.exponential());
  send('habilitation', done + 0.5 + 0.5 * random.exponential());
  return probeOf({ id: '', planned: new Date(hour * at), mails });
}

const hour = 3_600_000;

/** When a mail that is due at an instant is sent. */
function leaves(instant: number, { batchHours }: Condition): number {
  if (!batchHours) return instant;
  const day = Math.floor(instant / 24);
  const next = [...batchHours, (batchHours[0] ?? 0) + 24].find((at) => 24 * day + at >= instant) ?? 0;
  return 24 * day + next;
}

/** How many hours the office has been open until an instant. */
function worked(instant: number, { weekend }: Condition): number {
  if (instant === Number.POSITIVE_INFINITY) return instant;
  const day = Math.floor(instant / 24);
  const today = Math.min(Math.max(instant - 24 * day - opens, 0), openHours);
  if (!weekend) return day * openHours + today;
  // Day 0 is a Thursday: days 2 and 3 of each week of seven are shut.
  const week = Math.floor(day / 7);
  const weekday = day % 7;
  const shut = weekday === 2 || weekday === 3;
  return (week * 5 + (weekday <= 2 ? weekday : Math.max(weekday - 2, 2))) * openHours + (shut ? 0 : today);
}

/** The instant at which the office has been open for so many hours. */
function calendar(hours: number, { weekend }: Condition): number {
  const day = Math.floor(hours / openHours);
  const instant = opens + hours - day * openHours;
  if (!weekend) return 24 * day + instant;
  const weekday = day % 5;
  return 24 * (Math.floor(day / 5) * 7 + (weekday < 2 ? weekday : weekday + 2)) + instant;
}
