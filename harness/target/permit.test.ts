import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { parsePermit } from './origin.ts';
import { addressesOf, assertPermitted } from './permit.ts';
import { parseProfile, type TargetProfile } from './profile.ts';

const text = readFileSync(new URL('embedded.json', import.meta.url), 'utf8');
const embedded = JSON.parse(text);
const abroad = JSON.parse(text.replaceAll('http://127.0.0.1:8120', 'https://integration.example.org'));
const listed = { sirets: { kind: 'list', available: ['73282932000074'] }, maxSubmissions: 3 };

const enter = (profile: unknown, permit?: string) =>
  assertPermitted(profile as TargetProfile, parsePermit(permit));

test('every address of a profile is found, by its key, and words are not taken for one', () => {
  const keys = addressesOf({
    ...parseProfile(embedded, 'embedded.json'),
    $schema: 'https://example.org/profile.schema.json',
    inapplicable: { 'SIRET-23': 'https://example.org/decision' },
    access: { headers: [], proxy: { server: 'http://proxy.example.org:3128' } },
    later: { deep: [{ url: 'https://example.org/' }] },
  }).map(([key]) => key);
  expect(keys).toContain('baseUrl');
  expect(keys).toContain('clock.advance.url');
  expect(keys).toContain('siblings.1.passwordPage');
  expect(keys).toContain('later.deep.0.url');
  expect(keys.filter((key) => /schema|inapplicable|access/.test(key))).toEqual([]);
});

test('loopback needs no permit, elsewhere its exact origin', () => {
  expect(() => enter(embedded)).not.toThrow();
  expect(() => enter({ ...abroad, ...listed })).toThrow(
    /^GUICHET_ORIGIN_REFUSED: baseUrl: https:.*--i-may https:\/\/integration\.example\.org /,
  );
  expect(() => enter({ ...abroad, ...listed }, 'https://integration.example.org')).not.toThrow();
});

test.each([
  ['mail.url', { mail: { kind: 'mailhog', url: 'http://mail.example.org' } }],
  ['existingAccess.url', { existingAccess: { url: 'https://10.0.0.1/', tokenEnv: 'T' } }],
  ['siblings.0.signInUrl', { siblings: [{ name: 'APEA', signInUrl: 'https://apea.example.org/' }] }],
])('%s elsewhere is refused by its key, and needs its own word', (key, change) => {
  const profile = { ...abroad, ...listed, ...change };
  const permit = 'https://integration.example.org';
  expect(() => enter(profile, permit)).toThrow(`GUICHET_ORIGIN_REFUSED: ${key}: `);
  const more = 'http://mail.example.org,https://10.0.0.1,https://apea.example.org';
  expect(() => enter(profile, `${permit},${more}`)).not.toThrow();
});

test.each([
  ['invented SIRETs', { ...listed, sirets: { kind: 'generated' } }, 'sirets.kind: "generated"'],
  ['no limit of demandes', { ...listed, maxSubmissions: undefined }, 'maxSubmissions: missing'],
])('%s are refused elsewhere, permitted or not', (_what, change, message) => {
  expect(() => enter({ ...abroad, ...change }, 'https://integration.example.org')).toThrow(
    `GUICHET_PROFILE_INVALID: ${message}`,
  );
});

test('a government domain is refused whatever the profile lists', () => {
  const profile = { ...abroad, ...listed, baseUrl: 'https://activitepartielle.emploi.gouv.fr/aparts/' };
  expect(() => enter(profile, 'https://integration.example.org')).toThrow(/government domain/);
});
