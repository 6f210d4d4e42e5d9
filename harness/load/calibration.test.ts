import { beforeAll, expect, it } from 'vitest';
import { demandeForLoad } from '../../fixtures/demande.ts';
import { personaOf, type WireMap } from '../../fixtures/wire-map.ts';
import { embeddedWire } from '../../load/wire.ts';
import { findK6 } from '../toolchain/k6.ts';
import { calibrate, ownPart, saturationOf } from './calibration.ts';

let k6 = '';
// A machine without k6 builds it here: minutes, not seconds.
beforeAll(async () => {
  ({ path: k6 } = await findK6({ log: (line) => process.stdout.write(`${line}\n`) }));
}, 600_000);

const calibrateBy = (wire: WireMap, count = 5, signal = new AbortController().signal) =>
  calibrate({
    ...{ k6, seconds: 1, signal },
    run: {
      ...{ wire, atOnce: 20, mailDomain: 'guichet.test' },
      stages: [{ fromPerMinute: 60, toPerMinute: 240, seconds: 10 }],
    },
    personas: Array.from({ length: count }, (_, index) =>
      personaOf(wire, {
        id: String(index),
        demande: demandeForLoad({ seed: 1, index, mailDomain: 'guichet.test' }),
      }),
    ),
  });

it('tells how many visits the generator makes, and what a request costs it', async () => {
  const { perMinute, requestsPerSecond, own } = await calibrateBy(embeddedWire);
  expect(perMinute).toBeGreaterThan(60);
  expect((requestsPerSecond * 60) / perMinute).toBeCloseTo(8, 0);
  expect(own.p95Ms).toBeGreaterThan(0);
  expect(own.p99Ms).toBeGreaterThanOrEqual(own.p95Ms);
});

it('goes where a target has one address for all its steps, its code elsewhere and its end unknown', async () => {
  const { confirmation: _, ...wire } = embeddedWire;
  const one = { page: '/a.do', action: '/a.do' };
  const { perMinute } = await calibrateBy({
    ...wire,
    siret: { ...wire.siret, ...one },
    form: { ...wire.form, ...one },
    code: { kind: 'oracle', url: 'http://127.0.0.1:1/code', tokenHeader: 'x-test-token' },
  });
  expect(perMinute).toBeGreaterThan(60);
});

it('is invalid where there is nobody to send', async () =>
  await expect(calibrateBy(embeddedWire, 0)).rejects.toMatchObject({ code: 'GUICHET_LOAD_INVALID' }));

it('is stopped by the operator, and says so', async () =>
  await expect(calibrateBy(embeddedWire, 5, AbortSignal.abort())).rejects.toMatchObject({
    code: 'GUICHET_LOAD_STOPPED',
  }));

it('calls a plan above half of the calibrated rate saturated', () => {
  const calibration = { perMinute: 1000, requestsPerSecond: 130, own: { p95Ms: 1, p99Ms: 3 } };
  expect(saturationOf(calibration, 500)).toEqual({ share: 0.5, saturated: false });
  expect(saturationOf(calibration, 501)).toMatchObject({ saturated: true });
  expect(saturationOf({ ...calibration, perMinute: 0 }, 1)).toMatchObject({ saturated: true });
  expect(ownPart(calibration, { p95Ms: 10, p99Ms: 12 })).toEqual({ p95: 0.1, p99: 0.25 });
  expect(ownPart(calibration, { p95Ms: 0.5, p99Ms: 0 })).toEqual({ p95: 1, p99: 1 });
});
