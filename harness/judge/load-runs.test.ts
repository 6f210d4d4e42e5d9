import { expect, it } from 'vitest';
import { figuresOf, probeOf, waitsFor } from './load-runs.ts';

const planned = new Date('2026-03-03T08:00:00Z');
const mail = (kind: 'identifiant' | 'mot-de-passe' | 'habilitation' | 'other', hours: number) => ({
  id: `${kind} ${hours}`,
  kind,
  received: new Date(planned.getTime() + hours * 3_600_000),
});
const row = (...mails: ReturnType<typeof mail>[]) => ({ id: '7', planned, mails });

it('takes the last of the three mails, each when it came first', () => {
  const first = [mail('identifiant', 1), mail('habilitation', 5), mail('mot-de-passe', 2.5)];
  expect(probeOf(row(...first))).toEqual({ hours: 5 });
  expect(probeOf(row(...first, mail('identifiant', 30), mail('other', 40)))).toEqual({ hours: 5 });
  expect(probeOf(row(mail('habilitation', 9), ...first))).toEqual({ hours: 5 });
});

it('is never served without all three, however many came', () => {
  expect(probeOf(row())).toEqual({ hours: null });
  expect(probeOf(row(mail('identifiant', 1), mail('identifiant', 2), mail('habilitation', 3)))).toEqual({
    hours: null,
  });
});

it('refuses a mail from before its demande: two clocks are not in step', () => {
  const early = row(mail('identifiant', -0.1), mail('mot-de-passe', 1), mail('habilitation', 2));
  expect(() => probeOf(early)).toThrow('a mail of demande 7 that came before the demande');
});

it('counts up to τ, and what is late or lost as τ and as missed', () => {
  const hours = [4, 20, 48, 48.5, null];
  const run = { arm: 'load' as const, probes: hours.map((each) => ({ hours: each })) };
  expect(figuresOf(run, 48)).toEqual({ hours: (4 + 20 + 3 * 48) / 5, missed: 0.4 });
  const lost = { arm: 'load' as const, probes: [{ hours: null }, { hours: null }] };
  expect(figuresOf(lost, 48)).toEqual({ hours: 48, missed: 1 });
});

it.each([
  ['a run without a probe', []],
  ['a probe of NaN hours', [{ hours: Number.NaN }]],
  ['a probe of -1 hours', [{ hours: -1 }]],
  ['a probe of Infinity hours', [{ hours: Number.POSITIVE_INFINITY }]],
])('refuses %s', (what, probes) => {
  expect(() => figuresOf({ arm: 'baseline', probes }, 48)).toThrow(
    `GUICHET_HARNESS: The load judge was given ${what}.`,
  );
});

it('says how long each row waited for one of its mails, until τ', () => {
  const rows = [row(mail('identifiant', 3), mail('identifiant', 1)), row(mail('identifiant', 50)), row()];
  expect(waitsFor('identifiant', rows, 48)).toEqual([
    { hours: 1, came: true },
    { hours: 48, came: false },
    { hours: 48, came: false },
  ]);
});
