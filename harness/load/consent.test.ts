import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { consentProblem } from '../../load/consent.ts';
import { type Embedded, startEmbedded } from '../target/embedded.ts';
import { openRequests, type Requests } from '../target/request.ts';
import { parseConsent, readConsent } from './consent.ts';
import { type Consenting, consentOf, origin, startConsenting } from './consenting.test-data.ts';
import { assertMayLoad } from './interlock.ts';

const now = new Date();
const hence = (seconds: number) => new Date(now.getTime() + seconds * 1000).toISOString();
const window = { from: hence(-60), to: hence(600) };
const asked = { origin, mailDomain: 'guichet.test', seconds: 300, now };

/** A consent file that does not cover what is asked, and why. */
const refused: readonly [why: string, text: string][] = [
  ['is not JSON', '<!doctype html><title>Accueil</title>'],
  ['is no object', 'null'],
  ['is empty', '{}'],
  ['is of another origin', consentOf({ origin: 'https://recette.example.org' })],
  ['is of an origin like it', consentOf({ origin: `${origin}/` })],
  ['names another mail domain', consentOf({ mailDomain: 'example.org' })],
  ['has no rate', consentOf({ rate: undefined })],
  ['has a rate in words', consentOf({ rate: '600' })],
  ['has a rate of 0', consentOf({ rate: 0 })],
  ['has a negative total', consentOf({ total: -1 })],
  ['has no window', consentOf({ window: undefined })],
  ['has a window without an end', consentOf({ window: { from: hence(-60) } })],
  ['has a window in no known form', consentOf({ window: { ...window, from: 'hier' } })],
  ['begins later', consentOf({ window: { ...window, from: hence(5) } })],
  ['ends before the plan does', consentOf({ window: { ...window, to: hence(299) } })],
  ['expires before the plan ends', consentOf({ window, expires: hence(300) })],
  ['has no expiry', consentOf({ expires: undefined })],
];

describe('a consent file', () => {
  it.each(refused)('that %s is refused, here and by bare k6', (_, text) => {
    expect(() => parseConsent(text, asked)).toThrow(/^GUICHET_CONSENT_REFUSED: /);
    const ofK6 = { ...asked, perMinute: 1, total: 1 };
    expect(consentProblem(text, ofK6, now.getTime())).toEqual(expect.any(String));
  });

  it('that covers the plan is taken, here and by bare k6, with keys that nobody knows', () => {
    const text = consentOf({ window, contact: 'exploitation@example.org' });
    expect(parseConsent(text, asked)).toMatchObject({ rate: 600, total: 1000 });
    const ofK6 = { ...asked, perMinute: 600, total: 1000 };
    expect(consentProblem(text, ofK6, now.getTime())).toBeUndefined();
    expect(consentProblem(text, { ...ofK6, perMinute: 601 }, now.getTime())).toContain('601 a minute');
    expect(consentProblem(text, { ...ofK6, total: 1001 }, now.getTime())).toContain('1001 in all');
  });
});

describe('at its origin', () => {
  let embedded: Embedded;
  let target: Consenting;
  let requests: Requests;
  beforeAll(async () => {
    embedded = await startEmbedded();
    target = await startConsenting(embedded);
    requests = await openRequests(target.profile, target.environment);
  });
  afterAll(async () => {
    await requests.close();
    await target.close();
    await embedded.close();
  });

  it('is read', async () => {
    expect(await readConsent(target.profile, requests, { seconds: 60 })).toMatchObject({ origin, rate: 600 });
  });

  it('lets a plan through, with the lower cap, or refuses it', async () => {
    const stages = [{ fromPerMinute: 10, toPerMinute: 50, seconds: 60 }];
    target.consent = consentOf({ rate: 50, total: 35 });
    expect(await assertMayLoad(target.profile, requests, stages, 35)).toMatchObject({
      demand: { perMinute: 50, total: 30, seconds: 60 },
      cap: { perMinute: 50, total: 35 },
    });
    for (const consent of [consentOf({ rate: 49 }), consentOf({ total: 34 })]) {
      target.consent = consent;
      await expect(assertMayLoad(target.profile, requests, stages, 35)).rejects.toMatchObject({
        ...{ code: 'GUICHET_CAP_EXCEEDED', exit: 2 },
      });
    }
    expect(await assertMayLoad(embedded.profile, requests, stages)).toMatchObject({ cap: undefined });
  });

  it.each([
    ['is not there', undefined, /answers 404/],
    ['has changed', consentOf({ mailDomain: 'x.example' }), /mailDomain is x\.example/],
    ['never ends', ' '.repeat(10_001), /has 10001 characters/],
  ])('that %s is refused', async (_, text, why) => {
    target.consent = text;
    const read = readConsent(target.profile, requests, { seconds: 60 });
    await expect(read).rejects.toMatchObject({ code: 'GUICHET_CONSENT_REFUSED', exit: 2 });
    await expect(readConsent(target.profile, requests, { seconds: 60 })).rejects.toThrow(why);
  });

  it('is not asked for where the permit does not name it', async () => {
    await expect(openRequests(target.profile, embedded.environment)).rejects.toMatchObject({
      code: 'GUICHET_ORIGIN_REFUSED',
    });
  });

  it('is needed by nothing on loopback', async () => {
    const asked = target.consentRequests;
    expect(await readConsent(embedded.profile, requests, { seconds: 60 })).toBeUndefined();
    expect(target.consentRequests).toBe(asked);
  });

  it('that stands behind a redirect, or cannot be read, is refused', async () => {
    const answers = { status: 302, headers: { location: '/autre.json' } };
    const server = createServer((request, answer) =>
      request.url === '/autre.json'
        ? answer.end(consentOf())
        : answer.writeHead(answers.status, answers.headers).end(),
    );
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    // The way of `openRequests`, to a server of the test.
    const send: Requests['send'] = async (url) => {
      const path = new URL(url).pathname;
      const first = await fetch(base + path, { redirect: 'manual' });
      const location = first.headers.get('location');
      const last = location ? await fetch(base + location) : first;
      return Object.defineProperty(last, 'url', { value: origin + (location ?? path) });
    };
    await expect(readConsent(target.profile, { send }, { seconds: 1 })).rejects.toThrow(/leads to .*autre/);
    server.close();
    server.closeAllConnections();
    await expect(readConsent(target.profile, { send }, { seconds: 1 })).rejects.toThrow(/cannot be read/);
  });
});
