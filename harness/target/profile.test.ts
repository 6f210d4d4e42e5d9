import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { parseProfile } from './profile.ts';

const text = readFileSync(new URL('embedded.json', import.meta.url), 'utf8');
const changed = (change: Record<string, unknown>) =>
  parseProfile({ ...JSON.parse(text), ...change }, 'x.json');

test('the profile of the embedded extranet is valid, with 48 hours by default', () => {
  expect(changed({}).deadlineHours).toBe(48);
});

describe('access', () => {
  const access = (given: unknown) => () => changed({ access: given });

  test('names environment variables, and no secrets', () => {
    const given = {
      credentials: { userEnv: 'RECETTE_USER', passwordEnv: 'RECETTE_PASSWORD' },
      headers: [
        { name: 'X-Environment', value: 'recette' },
        { name: 'Authorization', valueEnv: 'RECETTE_TOKEN' },
      ],
      proxy: { server: 'http://proxy.example:3128', userEnv: 'PROXY_USER', passwordEnv: 'PROXY_PASSWORD' },
      caFile: 'authority.pem',
    };
    expect(access(given)().access).toEqual(given);
  });

  test.each([
    ['Authorization', /access\.headers\.0\.value: .*"valueEnv".*Authorization/],
    ['cookie', /access\.headers\.0\.value/],
    ['X-Api-Key', /access\.headers\.0\.value/],
    ['X-Test-Token', /access\.headers\.0\.value/],
    ['Host', /access\.headers\.0\.name: .*"Host" is the client’s own/],
    ['X Y', /access\.headers\.0/],
  ])('the header %s with a value in the file is refused', (name, message) => {
    expect(access({ headers: [{ name, value: 'geheim' }] })).toThrow(message);
    expect(access({ headers: [{ name, value: 'geheim' }] })).not.toThrow('geheim');
  });

  test.each([
    ['credentials', { credentials: { user: 'u', password: 'p' } }, /access\.credentials/],
    ['a proxy’s password', { proxy: { server: 'http://u:p@proxy.example' } }, /access\.proxy\.server/],
    ['a proxy of another kind', { proxy: { server: 'socks5://proxy.example' } }, /access\.proxy\.server/],
  ])('%s in the file are refused by the key', (_what, given, message) => {
    expect(access(given)).toThrow(/^GUICHET_PROFILE_INVALID/);
    expect(access(given)).toThrow(message);
  });

  test('so are a user and a password in an address', () => {
    const baseUrl = 'http://recette:geheim@127.0.0.1:1/';
    expect(() => changed({ baseUrl })).toThrow(
      /^GUICHET_PROFILE_INVALID: x\.json: baseUrl: .*access\.credentials/,
    );
    expect(() => changed({ baseUrl })).not.toThrow('geheim');
  });
});
