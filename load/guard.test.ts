import { expect, it } from 'vitest';
import { allowedOrigin } from './guard.ts';

it.each([
  ['http://127.0.0.1:8120', 'http://127.0.0.1:8120'],
  ['http://127.0.0.1:8120/aparts/', 'http://127.0.0.1:8120'],
  ['https://LOCALHOST:8443/', 'https://localhost:8443'],
  ['http://[::1]:8120', 'http://[::1]:8120'],
  ['http://127.255.0.9', 'http://127.255.0.9'],
])('allows %s', (url, origin) => expect(allowedOrigin(url)).toEqual({ origin, foreign: false }));

it.each([
  'https://example.org',
  'http://10.0.0.1:8120',
  'http://0.0.0.0:8120',
  'http://[::]:8120',
  'http://127.0.0.1.example.org',
  'http://localhost.example.org',
  'http://127.0.0.1@example.org/',
  'http://example.org\\@127.0.0.1/',
  'http://example.org#@127.0.0.1/',
  'http://127.0.0.256',
  'http://127.0.0.01',
  'http://127.1',
  'ftp://127.0.0.1',
  'http://127.0.0.1:8120 ',
  '127.0.0.1:8120',
  '',
])('refuses %j', (url) =>
  expect(() => allowedOrigin(url)).toThrow(/^GUICHET_ORIGIN_REFUSED: BASE_URL .* not http/),
);

it.each([
  'https://activitepartielle.emploi.gouv.fr/aparts/',
  'https://ACTIVITEPARTIELLE.EMPLOI.GOUV.FR./',
  'http://www.asp-public.fr',
])('refuses the government domain %s by name', (url) =>
  expect(() => allowedOrigin(url)).toThrow(/^GUICHET_ORIGIN_REFUSED: .* government domain/),
);

it.each([
  ['https://recette.example.org/aparts/', 'https://recette.example.org', 'https://recette.example.org'],
  [
    'http://recette.example.org:8080',
    'https://a.example, HTTP://recette.example.org:8080/',
    'http://recette.example.org:8080',
  ],
  ['https://recette.example.org:443/', 'https://recette.example.org', 'https://recette.example.org'],
])('allows %s where the permit names that very origin: %s', (url, permit, origin) =>
  expect(allowedOrigin(url, permit)).toEqual({ origin, foreign: true }),
);

it.each([
  ['https://recette.example.org', 'http://recette.example.org'],
  ['https://recette.example.org', 'https://recette.example.org:8443'],
  ['https://recette.example.org', 'https://*.example.org'],
  ['https://recette.example.org.evil.example', 'https://recette.example.org'],
  ['https://www.asp-public.fr', 'https://www.asp-public.fr'],
  ['https://activitepartielle.emploi.gouv.fr.', 'https://activitepartielle.emploi.gouv.fr.'],
])('refuses %s under the permit %s', (url, permit) =>
  expect(() => allowedOrigin(url, permit)).toThrow(/^GUICHET_ORIGIN_REFUSED/),
);
