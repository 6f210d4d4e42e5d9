import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { parseProfile } from './profile.ts';

const embedded = JSON.parse(readFileSync(new URL('embedded.json', import.meta.url), 'utf8'));
const { mailDomain, ...withoutMailDomain } = embedded;
const door = { url: 'http://127.0.0.1/', tokenEnv: 'TOKEN' };

function refusalOf(profile: unknown): string {
  try {
    parseProfile(profile, 'x.json');
  } catch (error) {
    return (error as Error).message;
  }
  return 'accepted';
}

test.each([
  ['an unknown key', { colour: 'blue' }, 'colour: unknown key. Known here: $schema, name, baseUrl'],
  ['a misspelt key', { deadlineHour: 4 }, 'deadlineHour: unknown key. Did you mean "deadlineHours"?'],
  ['a wrong type', { deadlineHours: '48' }, 'deadlineHours: found "48". Write a number above 0: hours from'],
  ['a value out of range', { deadlineHours: -1 }, 'deadlineHours: found -1. Write a number above 0'],
  ['an empty text', { mailDomain: '' }, 'mailDomain: found "". Write some text: the domain of every'],
  ['a bad URL', { baseUrl: 'aparts' }, 'baseUrl: found "aparts". Write a URL: the home page, such as http'],
  ['an unknown kind', { captcha: { kind: 'sundial' } }, 'captcha.kind: found "sundial". Write one of'],
  ['no kind', { captcha: {} }, 'captcha.kind: missing. Write one of "fixed", "oracle"'],
  ['not an object', { clock: 'now' }, 'clock: found "now". Write'],
  [
    'a list for an object',
    { inapplicable: [] },
    'inapplicable: found []. Write an object: requirements that',
  ],
  [
    'an unknown field',
    { locators: { siren: { css: '#s' } } },
    'locators.siren: unknown key. Did you mean "siret"?',
  ],
  [
    'a text for a locator',
    { locators: { siret: '#s' } },
    'locators.siret: found "#s". Write { "label" } or { "role", "name" } or { "css" }.',
  ],
  [
    'an empty locator',
    { locators: { siret: {} } },
    'locators.siret: found {}. Write { "label" } or { "role", "name" } or { "css" }.',
  ],
  [
    'a locator of two kinds',
    { locators: { siret: { css: '#s', label: 'S' } } },
    'locators.siret.css: stands beside "label". Keep one of them.',
  ],
  [
    'a number for a selector',
    { locators: { siret: { css: 3 } } },
    'locators.siret.css: found 3. Write some text: a CSS',
  ],
  [
    'a misspelt way',
    { locators: { siret: { ccs: '#s' } } },
    'locators.siret.ccs: unknown key. Did you mean "css"?',
  ],
  ['an unknown requirement', { inapplicable: { 'SIRET-99': 'x' } }, 'inapplicable.SIRET-99: no such requi'],
  ['an empty reason', { inapplicable: { 'SIRET-23': '' } }, 'inapplicable.SIRET-23: found "". Write some'],
  [
    'a key in a list',
    { siblings: [{ name: 'A', signInUrl: 3 }] },
    'siblings.0.signInUrl: found 3. Write a URL',
  ],
])('%s is refused by its key, with what stands there and what to write', (_what, change, line) => {
  const said = refusalOf({ ...embedded, ...change });
  expect(said.split('\n')).toHaveLength(1);
  expect(said).toContain(`GUICHET_PROFILE_INVALID: x.json: ${line}`);
});

test('a missing key is told; misspelt, it is told once', () => {
  expect(refusalOf(withoutMailDomain)).toMatch(/x\.json: mailDomain: missing\. Write some text: the domain/);
  expect(refusalOf({ ...withoutMailDomain, mailDomian: mailDomain })).toBe(
    'GUICHET_PROFILE_INVALID: x.json: mailDomian: unknown key. Did you mean "mailDomain"?',
  );
});

test('all problems of a file are told at once, a line each', () => {
  const said = refusalOf({
    ...embedded,
    colour: 'blue',
    deadlineHours: 'x',
    inapplicable: { 'SIRET-99': '' },
  });
  const keys = said.split('\n').map((line) => /x\.json: ([^:]+):/.exec(line)?.[1]);
  expect(keys.sort()).toEqual(['colour', 'deadlineHours', 'inapplicable.SIRET-99']);
});

test.each([[[]], ['text'], [null]])('a file that holds %j is refused as a whole', (value) => {
  expect(refusalOf(value)).toMatch(/x\.json: \(root\): found .*Write \{ "name", "baseUrl"/);
});

test('a secret that somebody wrote into the file is not repeated', () => {
  const said = refusalOf({ ...embedded, notification: { ...door, tokenEnv: 'hunter2-is-secret' } });
  expect(said).toContain('notification.tokenEnv: found something else');
  expect(said).not.toContain('hunter2');
});
