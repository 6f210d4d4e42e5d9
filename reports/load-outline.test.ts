import { expect, it } from 'vitest';
import type { LoadJudgement } from './load.ts';
import { loadOutline } from './load-outline.ts';

const judged: LoadJudgement = {
  verdict: 'effect',
  exitCode: 1,
  protocol: {
    deltaHours: 2,
    deltaMissed: 0.02,
    tauHours: 48,
    probesPerRun: 120,
    runsPerArm: 6,
    power: 0.82,
    spreadHours: 0.4,
    missedVary: false,
    effectVariation: 1.4,
    worstVariation: 1.6,
    resolutionHours: 0,
    seed: 42,
    workload: 'covid-week',
  },
  hash: 'ab'.repeat(32),
  reasons: [],
  findings: {
    hours: { baseline: 3.35, load: 5.7, difference: 2.35, lower: 1.05, upper: 7, p: 0.002 },
    missed: { baseline: 0, load: 0.004, difference: 0.004, lower: -0.001, upper: 0.013, p: 0.3 },
    p: 0.00216,
    arrangements: 924,
  },
};
const { findings } = judged;
if (!findings) throw new Error('The sample has findings.');
const last = (judgement: LoadJudgement) => loadOutline(judgement).split('\n').at(-1);

it('says what was fixed, both figures in both arms, and the verdict last', () => {
  expect(loadOutline(judged).split('\n')).toEqual([
    'Passages  : 6 sans charge, 6 sous charge (covid-week), 120 sondes chacun',
    'Protocole : δ = 2 h et 2,0 %, τ = 48 h, graine 42, fixé avant le premier passage',
    `            sha256 ${'ab'.repeat(32)}`,
    '',
    '                                     sans charge  sous charge    écart     intervalle à 90 %',
    'Temps moyen jusqu’au troisième mail       3 h 21       5 h 42  +2 h 21  de +1 h 03 à +7 h 00',
    'Sans les trois mails sous 48 h             0,0 %        0,4 %   +0,4 %    de −0,1 % à +1,3 %',
    'p = 0,002, exact : les 924 arrangements des passages sont tous comparés',
    '',
    '× Effet : la charge retarde le troisième mail de 2 h 21 en moyenne (entre 1 h 03 et 7 h 00).',
  ]);
});

it('names lost mails, alone or beside the delay', () => {
  const missed = { ...findings.missed, difference: 0.03, lower: 0.02, upper: 0.05 };
  expect(last({ ...judged, findings: { ...findings, missed } })).toBe(
    '× Effet : la charge retarde le troisième mail de 2 h 21 en moyenne (entre 1 h 03 et 7 h 00) ; la charge prive 3,0 % des demandes de leurs trois mails sous 48 h (entre 2,0 % et 5,0 %).',
  );
  const hours = { ...findings.hours, lower: -0.5 };
  expect(last({ ...judged, findings: { ...findings, hours, missed } })).toBe(
    '× Effet : la charge prive 3,0 % des demandes de leurs trois mails sous 48 h (entre 2,0 % et 5,0 %).',
  );
});

it('says what is ruled out, and a smaller effect that is sure', () => {
  const none = {
    ...judged,
    verdict: 'no-larger-effect' as const,
    findings: { ...findings, hours: { ...findings.hours, upper: 1.5 } },
  };
  expect(loadOutline(none)).toContain('  Un effet existe, plus petit que δ.\n✔ Pas d’effet supérieur à δ : ');
  expect(loadOutline({ ...none, findings: { ...none.findings, p: 0.2 } })).not.toContain('Un effet existe');
  expect(last(none)).toContain('de moins de 2 h en moyenne, et prive moins de 2,0 % des demandes');
});

it('says what is not ruled out', () => {
  const open = { ...judged, verdict: 'inconclusive' as const };
  expect(last(open)).toBe(
    '? Non concluant : l’effet n’est pas établi, et un retard de 7 h 00 n’est pas exclu.',
  );
  const missed = { ...findings.missed, upper: 0.04 };
  expect(last({ ...open, findings: { ...findings, missed } })).toContain(
    'un retard de 7 h 00 ou 4,0 % de demandes sans leurs trois mails en plus n’est pas exclu',
  );
});

it('gives the reasons, and no figure, of an invalid campaign', () => {
  const { findings: _, ...rest } = judged;
  const reasons = ['Passage 2 (sous charge) : le générateur a abandonné des demandes (3).'];
  const text = loadOutline({ ...rest, verdict: 'invalid', exitCode: 3, reasons });
  expect(text.split('\n').slice(3)).toEqual([
    '',
    `  · ${reasons[0]}`,
    '? Campagne invalide : aucun verdict.',
  ]);
});
