import { describe, expect, test } from 'vitest';
import { allowedOrigin } from '../../load/guard.ts';
import { assertMayContact, parsePermit } from './origin.ts';

const none = parsePermit(undefined);
const contact = (url: string, permit = none) => assertMayContact(new URL(url), permit);

test.each(['http://localhost:1/', 'http://127.9.9.9/', 'https://[::1]:8/', 'http://LOCALHOST/'])(
  '%s is on loopback',
  (url) => expect(() => contact(url)).not.toThrow(),
);

test.each([
  'http://10.0.0.1/',
  'http://127.0.0.1.example.org/',
  'http://localhost.example.org/',
  'http://127.0.0.1@example.org/',
  'http://[::2]/',
  'http://0.0.0.0/',
  'file:///etc/passwd',
])('%s is refused without a permit', (url) => expect(() => contact(url)).toThrow(/^GUICHET_ORIGIN_REFUSED/));

describe('a permit', () => {
  const permit = parsePermit('https://integration.example.org, http://autre.example.org:8080/');

  test.each(['https://integration.example.org/aparts/?x', 'http://autre.example.org:8080/'])(
    'opens %s',
    (url) => expect(() => contact(url, permit)).not.toThrow(),
  );

  test.each([
    'http://integration.example.org/',
    'https://integration.example.org:8443/',
    'https://www.integration.example.org/',
    'https://integration.example.org.evil.example/',
    'http://autre.example.org/',
  ])('does not open %s, and the error repeats what would', (url) => {
    expect(() => contact(url, permit)).toThrow(`--i-may ${new URL(url).origin}`);
  });

  test.each([
    '*',
    'integration.example.org',
    'https://*.example.org',
    'https://a.example/b',
    'ftp://a.example',
    'https://u:p@a.example',
  ])('is no permit: %s', (text) =>
    expect(() => parsePermit(text)).toThrow(/^GUICHET_USAGE: The permit names/),
  );
});

describe('government domains', () => {
  const names = [
    'https://activitepartielle.emploi.gouv.fr',
    'https://ACTIVITEPARTIELLE.EMPLOI.GOUV.FR',
    'https://sylae.asp-public.fr',
    'https://asp-public.fr',
    'https://www.service-public.fr',
  ];
  test.each(names)('%s is refused, permitted or not, and under load', (name) => {
    expect(() => parsePermit(name)).toThrow(/^GUICHET_ORIGIN_REFUSED: .*government domain/);
    expect(() => contact(name, new Set([name.toLowerCase()]))).toThrow(/government domain/);
    expect(() => contact(`${name}./`)).toThrow(/government domain/);
    expect(() => allowedOrigin(name)).toThrow(/government domain/);
  });
  test('a name that only looks like one is not', () => {
    expect(() => parsePermit('https://gouv.fr.example.org')).not.toThrow();
    expect(() => parsePermit('https://notgouv.fr')).not.toThrow();
  });
});
