/** The only source of time of the extranet. */
export type Clock = {
  now(): Date;
  /** Calls `work` once `instant` has come, at once when it has passed; the answer calls it off. */
  wake(instant: Date, work: () => Promise<void>): () => void;
  /**
   * Only on a clock that is advanced by hand: moves to `to`, stopping at each alarm on the way and waiting for its
   * work. Rejects with RangeError when `to` has passed.
   */
  advance?(to: Date): Promise<void>;
};

/** The longest delay that a Node timer takes, in ms. */
const longestTimer = 2 ** 31 - 1;

/** The time of the machine. */
export function realClock(): Clock {
  return scaledClock(new Date(), 1);
}

/** Starts at `start` and runs `factor` times as fast as the machine's clock. */
export function scaledClock(start: Date, factor: number): Clock {
  const origin = performance.now();
  const now = () => new Date(start.getTime() + (performance.now() - origin) * factor);
  return {
    now,
    wake: (instant, work) => {
      let timer: NodeJS.Timeout;
      const arm = () => {
        const left = Math.ceil(Math.max(0, instant.getTime() - now().getTime()) / factor);
        timer = setTimeout(() => (left > longestTimer ? arm() : void work()), Math.min(left, longestTimer));
      };
      arm();
      return () => clearTimeout(timer);
    },
  };
}

type Alarm = { instant: number; work: () => Promise<void> };

/** Stands at `start` until it is advanced. */
export function manualClock(start: Date): Clock {
  let now = start.getTime();
  const alarms = new Set<Alarm>();
  const running = new Set<Promise<void>>();
  let advancing: Promise<void> = Promise.resolve();

  const ring = (alarm: Alarm) => {
    if (!alarms.delete(alarm)) return;
    const done = alarm.work().finally(() => running.delete(done));
    running.add(done);
  };
  const advanceTo = async (to: number) => {
    if (to < now) throw new RangeError('The clock does not go back.');
    for (;;) {
      await Promise.all(running);
      let next: Alarm | undefined;
      for (const alarm of alarms) if (!next || alarm.instant < next.instant) next = alarm;
      if (!next || next.instant > to) break;
      now = Math.max(now, next.instant);
      ring(next);
    }
    now = to;
  };

  return {
    now: () => new Date(now),
    wake: (instant, work) => {
      const alarm: Alarm = { instant: instant.getTime(), work };
      alarms.add(alarm);
      if (alarm.instant <= now) setImmediate(() => ring(alarm));
      return () => void alarms.delete(alarm);
    },
    advance: (to) => {
      const turn = advancing.then(() => advanceTo(to.getTime()));
      advancing = turn.catch(() => {});
      return turn;
    },
  };
}
