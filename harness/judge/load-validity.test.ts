import { expect, it } from 'vitest';
import { invalidities, type RunFacts } from './load-validity.ts';

const good = (arm: RunFacts['arm']): RunFacts => ({
  arm,
  arrivals: { planned: 1_000, achieved: 1_000 },
  dropped: 0,
  generator: { planned: 50, calibrated: 100 },
  catcherKept: true,
  canariesKept: true,
  finished: true,
});
const runs = [good('baseline'), good('load'), good('load'), good('baseline')];
const terms = { runsPerArm: 2 };

it('has nothing to say of runs as planned, up to the limits', () => {
  expect(invalidities(runs, terms)).toEqual([]);
  const atLimit = { ...good('load'), arrivals: { planned: 1_000, achieved: 1_050 } };
  expect(invalidities([good('baseline'), atLimit, good('load'), good('baseline')], terms)).toEqual([]);
});

it.each<[Partial<RunFacts>, string]>([
  [
    { arrivals: { planned: 1_000, achieved: 949 } },
    '949 demandes lancées pour 1000 prévues, plus de 5 % d’écart',
  ],
  [
    { arrivals: { planned: 1_000, achieved: 1_051 } },
    '1051 demandes lancées pour 1000 prévues, plus de 5 % d’écart',
  ],
  [{ arrivals: { planned: 0, achieved: 0 } }, '0 demandes lancées pour 0 prévues, plus de 5 % d’écart'],
  [{ dropped: 3 }, 'le générateur a abandonné des demandes (3)'],
  [
    { generator: { planned: 50.1, calibrated: 100 } },
    'générateur saturé, 50,1/s prévues pour 100,0/s étalonnées (50 % au plus)',
  ],
  [
    { generator: { planned: 50, calibrated: Number.NaN } },
    'générateur saturé, 50,0/s prévues pour NaN/s étalonnées (50 % au plus)',
  ],
  [{ catcherKept: false }, 'la boîte de réception a cessé de répondre'],
  [{ canariesKept: false }, 'un courriel témoin n’est pas revenu'],
])('names the run and %j', (fact, reason) => {
  const faulty = [good('baseline'), { ...good('load'), ...fact }, good('load'), good('baseline')];
  expect(invalidities(faulty, terms)).toEqual([`Passage 2 (sous charge) : ${reason}.`]);
});

it('names an arm that was not finished, and one that is not there', () => {
  const cut = [good('baseline'), { ...good('load'), finished: false }, good('load'), good('baseline')];
  expect(invalidities(cut, terms)).toEqual([
    'Bras sous charge : 1 passages menés à terme sur 2 prévus.',
    'Passage 2 (sous charge) : le passage n’est pas allé à son terme.',
  ]);
  expect(invalidities([], terms)).toEqual([
    'Bras sans charge : 0 passages menés à terme sur 2 prévus.',
    'Bras sous charge : 0 passages menés à terme sur 2 prévus.',
  ]);
});
