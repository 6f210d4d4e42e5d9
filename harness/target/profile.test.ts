import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { parseProfile } from './profile.ts';

const text = readFileSync(new URL('embedded.json', import.meta.url), 'utf8');
const changed = (change: Record<string, unknown>) =>
  parseProfile({ ...JSON.parse(text), ...change }, 'x.json');

test('the profile of the embedded extranet is valid, with 48 hours by default', () => {
  expect(changed({}).deadlineHours).toBe(48);
});

describe('bad profiles name the key', () => {
  test.each([
    ['an unknown key', { colour: 'blue' }, /x\.json: .*colour/],
    ['a wrong type', { deadlineHours: '48' }, /x\.json: deadlineHours:/],
    ['an unknown kind', { clock: { kind: 'sundial' } }, /x\.json: clock/],
    ['an unknown field', { locators: { siren: { css: '#s' } } }, /x\.json: locators/],
    ['an unknown control', { controls: { Envoyer: { css: '#e' } } }, /x\.json: controls: .*Envoyer/],
    ['a control by its label', { controls: { ENVOYER: { label: 'Go' } } }, /x\.json: controls\.ENVOYER/],
    ['a locator of an unknown role', { locators: { nom: { role: 'cell', name: 'x' } } }, /locators\.nom/],
    ['a frame without a name', { frame: '' }, /x\.json: frame/],
    [
      'an unknown requirement',
      { inapplicable: { 'SIRET-99': 'none' } },
      /inapplicable\.SIRET-99: no such requirement/,
    ],
    ['a reason left empty', { inapplicable: { 'SIRET-23': '' } }, /inapplicable\.SIRET-23/],
  ])('%s', (_what, change, message) => {
    expect(() => changed(change)).toThrow(/^GUICHET_PROFILE_INVALID/);
    expect(() => changed(change)).toThrow(message);
  });
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
