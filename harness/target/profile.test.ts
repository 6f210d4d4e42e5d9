import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { parseProfile } from './profile.ts';

const text = readFileSync(new URL('embedded.json', import.meta.url), 'utf8');
const changed = (change: Record<string, unknown>) =>
  parseProfile({ ...JSON.parse(text), ...change }, 'x.json');

test('the profile of the embedded extranet is valid, with 48 hours by default', () => {
  expect(changed({}).deadlineHours).toBe(48);
});

describe('nothing but loopback', () => {
  test.each([
    'https://activitepartielle.emploi.gouv.fr/aparts/',
    'http://10.0.0.1/',
    'http://127.0.0.1.example.org/',
    'http://localhost.example.org/',
    'http://[::2]/',
    'file:///etc/passwd',
  ])('%s is refused', (baseUrl) => {
    expect(() => changed({ baseUrl })).toThrow(/^GUICHET_ORIGIN_REFUSED/);
  });
  test('a mailbox elsewhere is refused too', () => {
    expect(() => changed({ mail: { kind: 'mailhog', url: 'http://mail.example.org' } })).toThrow(
      /^GUICHET_ORIGIN_REFUSED/,
    );
  });
  test.each(['http://localhost:1/', 'http://127.9.9.9/', 'http://[::1]:8/'])('%s is accepted', (baseUrl) => {
    expect(changed({ baseUrl }).baseUrl).toBe(baseUrl);
  });
});
