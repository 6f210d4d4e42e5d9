import { expect, it } from 'vitest';
import { assertWithin, capOf, integrate } from './cap.ts';
import { parseConsent } from './consent.ts';
import { consentOf, origin } from './consenting.test-data.ts';

const stage = (fromPerMinute: number, toPerMinute: number, seconds: number) => ({
  ...{ fromPerMinute, toPerMinute, seconds },
});
const elsewhere = `${origin}/aparts/`;
const consent = parseConsent(consentOf({ rate: 40, total: 300 }), {
  ...{ origin, mailDomain: 'guichet.test', seconds: 60, now: new Date() },
});

it.each([
  [[stage(60, 60, 60)], { perMinute: 60, total: 60, seconds: 60 }],
  [[stage(0, 120, 60), stage(120, 0, 30)], { perMinute: 120, total: 90, seconds: 90 }],
  [[stage(10, 10, 61)], { perMinute: 10, total: 11, seconds: 61 }],
  [[], { perMinute: 0, total: 0, seconds: 0 }],
])('integrates %j', (stages, demand) => expect(integrate(stages)).toEqual(demand));

it.each([stage(-1, 1, 1), stage(1, Number.NaN, 1), stage(1, 1, Number.POSITIVE_INFINITY)])(
  'refuses what cannot be integrated: %j',
  (wrong) => expect(() => integrate([wrong])).toThrow(/^GUICHET_USAGE: A stage has \w+ /),
);

it('takes the lower of the profile and the consent, each for itself', () => {
  const load = { rate: 50, total: 200 };
  expect(capOf({ baseUrl: elsewhere, load, maxSubmissions: 250 }, consent)).toMatchObject({
    ...{ perMinute: 40, total: 200 },
  });
  expect(capOf({ baseUrl: elsewhere, load: { rate: 5, total: 999 }, maxSubmissions: 150 }, consent)).toEqual({
    ...{ perMinute: 5, total: 150 },
    by: 'load of the profile, maxSubmissions of the profile, the consent file',
  });
});

it('needs no cap on loopback, and holds one that is there', () => {
  const baseUrl = 'http://127.0.0.1:8120/aparts/';
  expect(capOf({ baseUrl }, undefined)).toBeUndefined();
  expect(capOf({ baseUrl, load: { rate: 3, total: 4 } }, undefined)).toMatchObject({
    perMinute: 3,
    total: 4,
  });
});

it('refuses a target elsewhere whose profile has none', () =>
  expect(() => capOf({ baseUrl: elsewhere }, consent)).toThrow(/^GUICHET_PROFILE_INVALID: load: missing/));

it.each([
  ['its rate at its highest', [stage(1, 41, 10)], 0, /41 submissions a minute, 40 allowed/],
  ['its total', [stage(40, 40, 451)], 0, /301 in all, 300 allowed/],
  ['its personas, more than its stages bring', [stage(1, 1, 60)], 301, /301 in all/],
])('refuses a plan for %s', (_, stages, planned, why) => {
  const cap = capOf({ baseUrl: elsewhere, load: { rate: 600, total: 1000 } }, consent);
  expect(() => assertWithin(cap, integrate(stages), planned)).toThrow(/^GUICHET_CAP_EXCEEDED: /);
  expect(() => assertWithin(cap, integrate(stages), planned)).toThrow(why);
  expect(() => assertWithin(cap, integrate([stage(40, 40, 450)]), 300)).not.toThrow();
  expect(() => assertWithin(undefined, integrate(stages), planned)).not.toThrow();
});
