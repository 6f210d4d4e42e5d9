/** When agents work, in the time of Paris: from and to in minutes of the day, days 0 (Sunday) to 6. */
export type OpeningHours = { from: number; to: number; days: readonly number[] };

const minute = 60_000;
const paris = new Intl.DateTimeFormat('en-GB', {
  timeZone: 'Europe/Paris',
  weekday: 'short',
  hour: '2-digit',
  minute: '2-digit',
  hourCycle: 'h23',
});
const weekdays = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];

/**
 * The instant at which `work` minutes of work are done when they begin at `start` (ms) or at the next opening.
 * Throws RangeError when agents never open.
 */
export function workDone(start: number, work: number, hours: OpeningHours): number {
  if (hours.days.length === 0 || hours.from >= hours.to) throw new RangeError('The agents never open.');
  let instant = start;
  let left = work;
  for (;;) {
    const { day, minutes, rest } = parisTime(instant);
    const open = hours.days.includes(day);
    if (open && minutes < hours.from)
      instant = sameDayAt(hours.from, instant + (hours.from - minutes) * minute - rest);
    else if (!open || minutes >= hours.to) instant += (24 * 60 - minutes) * minute - rest;
    else {
      const available = (hours.to - minutes) * minute - rest;
      if (left * minute <= available) return instant + left * minute;
      left -= available / minute;
      instant += available;
    }
  }
}

/** Sets right an instant that a change of the clocks during the night has moved off `minutes` of the day. */
function sameDayAt(minutes: number, instant: number): number {
  return instant - (parisTime(instant).minutes - minutes) * minute;
}

function parisTime(instant: number): { day: number; minutes: number; rest: number } {
  const parts = paris.formatToParts(instant);
  const part = (type: string) => parts.find((one) => one.type === type)?.value ?? '';
  return {
    day: weekdays.indexOf(part('weekday')),
    minutes: Number(part('hour')) * 60 + Number(part('minute')),
    rest: instant % minute,
  };
}
