import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { GuichetError } from '../errors.ts';
import { type Embedded, startEmbedded } from '../target/embedded.ts';
import { openRequests, type Requests } from '../target/request.ts';
import { type Consenting, consentOf, startConsenting } from './consenting.test-data.ts';
import { type Watch, watchLoad } from './watch.ts';

let embedded: Embedded;
let target: Consenting;
let requests: Requests;
let watch: Watch | undefined;
const demand = { perMinute: 60, total: 100, seconds: 60 };

beforeAll(async () => {
  embedded = await startEmbedded();
});
afterAll(async () => await embedded.close());
beforeEach(async () => {
  target = await startConsenting(embedded);
  requests = await openRequests(target.profile, target.environment);
});
afterEach(async () => {
  await watch?.close();
  watch = undefined;
  await requests.close();
  await target.close();
});

function start(more: Partial<Parameters<typeof watchLoad>[0]> = {}): Watch {
  watch = watchLoad({ profile: target.profile, requests, demand, everyMs: 50, mailEveryMs: 50, ...more });
  return watch;
}

/** What the watch stops for, once `happens` has happened. */
async function reasonAfter(happens: () => unknown, more: Parameters<typeof start>[0] = {}) {
  const { signal } = start(more);
  await expect.poll(() => target.consentRequests).toBeGreaterThan(1);
  expect(signal.aborted).toBe(false);
  await happens();
  await expect.poll(() => signal.aborted, { timeout: 5_000 }).toBe(true);
  return signal.reason as GuichetError;
}

describe('the load is stopped when', () => {
  it.each([
    ['the consent is taken away', undefined, /answers 404/],
    ['its rate is lowered', consentOf({ rate: 59 }), /60 submissions a minute, 59 allowed/],
    ['its total is lowered', consentOf({ total: 99 }), /100 in all, 99 allowed/],
    [
      'its window is closed',
      consentOf({ window: { from: '2020-01-01T00:00:00Z', to: '2020-01-02T00:00:00Z' } }),
      /window ends/,
    ],
    ['it has expired', consentOf({ expires: '2020-01-01T00:00:00Z' }), /expires at 2020/],
    ['it becomes unreadable', 'oups', /not JSON/],
  ])('%s', async (_, text, why) => {
    const reason = await reasonAfter(() => {
      target.consent = text;
    });
    expect(reason.message).toMatch(why);
    expect(reason.code).toMatch(/^GUICHET_(CONSENT_REFUSED|CAP_EXCEEDED)$/);
  });

  it.each([
    ['503', /answered 503/],
    ['maintenance', /says « Maintenance »/],
  ] as const)('the target answers with %s', async (state, why) => {
    const reason = await reasonAfter(() => {
      target.state = state;
    });
    expect(reason).toMatchObject({ code: 'GUICHET_LOAD_STOPPED', exit: 3 });
    expect(reason.message).toMatch(why);
  });

  it('the target is gone', async () => {
    const reason = await reasonAfter(() => {
      target.state = 'gone';
    });
    expect(reason.code).toMatch(/^GUICHET_(CONSENT_REFUSED|LOAD_STOPPED)$/);
  });

  it('the mail path is broken', async () => {
    let broken = false;
    const proveMailPath = async () => {
      if (broken) throw new GuichetError('GUICHET_MAIL_PATH', 'smtp://127.0.0.1:1: no mail of ours arrived.');
    };
    const reason = await reasonAfter(
      () => {
        broken = true;
      },
      { proveMailPath },
    );
    expect(reason.code).toBe('GUICHET_MAIL_PATH');
  });

  it('the mail path has had no answer for too long', async () => {
    const { signal } = start({ proveMailPath: () => new Promise(() => {}), patienceMs: 200 });
    await expect.poll(() => signal.aborted, { timeout: 5_000 }).toBe(true);
    expect((signal.reason as GuichetError).message).toContain('no answer for 0.4 s');
  });
});

it('watches without a consent on loopback', async () => {
  const { signal } = start({ profile: embedded.profile });
  await new Promise((resolve) => setTimeout(resolve, 300));
  expect(signal.aborted).toBe(false);
  expect(target.consentRequests).toBe(0);
});

it('ends without a word when it is closed, whatever it was waiting for', async () => {
  const { signal, close } = start({ proveMailPath: () => new Promise(() => {}) });
  await close();
  expect(signal.aborted).toBe(false);
});
