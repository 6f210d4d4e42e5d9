import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from '@playwright/test';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { markOf } from '../target/secrets.ts';
import { findChromium } from '../toolchain/chromium.ts';
import { unpack } from './archive.ts';
import { leaksIn } from './leaks.ts';
import { redactRecording } from './redaction.ts';
import { spellings } from './spellings.ts';
import { tokensIn } from './tokens.ts';

const folder = mkdtempSync(join(tmpdir(), 'guichet-redaction-'));
const evidence = join(folder, 'evidence');
const secret = 'Été d’Anne & "co" 5myt67';
const password = 'Tr0ub4dor!/+x';
const session = 'WDr00Bo2ivDnlhZa2pzC2sCk';
const mark = (value: string) => markOf(value, 'salt');
const redact = (content: Buffer) => redactRecording(content, [secret, password], mark);
let raw: { trace: Buffer; har: Buffer };
let server: Server;

beforeAll(async () => {
  server = createServer((asked, answer) => {
    asked.resume();
    asked.once('end', () => {
      answer.writeHead(200, {
        'content-type': 'text/html; charset=utf-8',
        'set-cookie': `sid=${session}; Path=/`,
      });
      answer.end(
        `<form method="post"><input name="jeton" type="hidden" value="KgC5aoy_MKHunlXk"><input name="r">
        <input name="p" type="password"><button>OK</button></form><p>Bonjour ${secret.replaceAll('&', '&amp;')}</p>`,
      );
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  const path = findChromium()?.path;
  const browser = await chromium.launch(path ? { executablePath: path } : {});
  const context = await browser.newContext({
    recordHar: { path: join(folder, 'raw.har'), content: 'embed' },
  });
  await context.tracing.start({ snapshots: true, screenshots: false });
  const page = await context.newPage();
  await page.goto(url);
  await page.locator('[name=r]').fill(secret);
  await page.locator('[name=p]').fill(password);
  await page.getByRole('button').click();
  await page.request.post(`${url}?r=${encodeURIComponent(secret)}`, { form: { p: password } });
  await context.tracing.stop({ path: join(folder, 'raw.zip') });
  await context.close();
  await browser.close();
  raw = { trace: readFileSync(join(folder, 'raw.zip')), har: readFileSync(join(folder, 'raw.har')) };
}, 60_000);
beforeEach(() => {
  rmSync(evidence, { recursive: true, force: true });
  mkdirSync(evidence);
});
afterAll(() => {
  server.close();
  rmSync(folder, { recursive: true });
});

const leaks = (name: string, content: Buffer, ...wanted: string[]) => {
  writeFileSync(join(evidence, name), content);
  return leaksIn(evidence, wanted);
};

describe('a trace', () => {
  test('is caught by the scanner as it is, though compressed', () => {
    expect(raw.trace.includes(secret)).toBe(false);
    expect(leaks('x.zip', raw.trace, secret)).toEqual(['x.zip']);
    expect(leaks('x.zip', raw.trace, password)).toEqual(['x.zip']);
    expect(leaks('x.zip', raw.trace)).toEqual(['x.zip']);
  });

  test('holds no secret, no session and no token once it is redacted, and is still one', () => {
    const clean = redact(raw.trace);
    expect(leaks('x.zip', clean, secret, password, session, 'KgC5aoy_MKHunlXk')).toEqual([]);
    const files = unpack(clean);
    expect(Object.keys(files)).toEqual(Object.keys(unpack(raw.trace)));
    const lines = Object.entries(files)
      .filter(([name]) => /\.(trace|network)$/.test(name))
      .flatMap(([, bytes]) => bytes.toString().split('\n').filter(Boolean));
    expect(lines.map((line) => JSON.parse(line).type)).toEqual(
      expect.arrayContaining(['frame-snapshot', 'before']),
    );
    expect(lines.some((line) => line.includes(`"value":"${mark(secret)}"`))).toBe(true);
  });
});

describe('a HAR', () => {
  test('is caught by the scanner as it is', () => {
    expect(leaks('x.har', raw.har, secret)).toEqual(['x.har']);
    expect(leaks('x.har', raw.har)).toEqual(['x.har']);
  });

  test('holds none once it is redacted, and equal secrets are seen to be equal', () => {
    const clean = redact(raw.har);
    expect(leaks('x.har', clean, secret, password, session, 'KgC5aoy_MKHunlXk')).toEqual([]);
    const { entries } = JSON.parse(clean.toString()).log;
    const posted = entries.flatMap(
      (entry: { request: { postData?: { params: unknown[] } } }) => entry.request.postData?.params ?? [],
    );
    expect(posted).toEqual(
      expect.arrayContaining([
        { name: 'r', value: mark(secret) },
        { name: 'p', value: mark(password) },
      ]),
    );
    expect(clean.toString()).toContain(`r=${mark(secret)}`);
  });
});

test('a piece of base64 stays base64 of the same length', () => {
  for (const shift of [0, 1, 2]) {
    const text = Buffer.from(`${'x'.repeat(shift)}${password} and more`).toString('base64');
    const clean = redact(Buffer.from(text)).toString();
    expect(clean).toMatch(/^[\w+/=]+$/);
    expect(clean).toHaveLength(text.length);
    expect(Buffer.from(clean, 'base64').toString('latin1')).not.toContain(password.slice(1, -1));
  }
});

test('forms, ISO-8859-1 and escapes are spellings too', () => {
  const found = spellings('Été 12').map(({ bytes }) => bytes);
  const forms = [
    '%C3%89t%C3%A9+12',
    '%c3%89t%c3%a9%2012',
    '%C9t%E9+12',
    '\xc9t\xe9 12',
    '\\u00c9t\\u00e9 12',
    '=C9t=E9=2012',
  ];
  expect(found).toEqual(expect.arrayContaining(forms));
});

test('what tells who comes is found in headers, cookies and form fields, and ordinary values are not', () => {
  const told = (name: string, value: string) => tokensIn(JSON.stringify([{ name, value }]));
  expect(told('Cookie', `lang=fr-FR; sid=${session}`)).toEqual([session]);
  expect(told('set-cookie', `sid=${session}; Path=/; HttpOnly`)).toEqual([session]);
  expect(told('Authorization', 'Basic cmVjZXR0ZTpTZXNhbWU=')).toEqual(['cmVjZXR0ZTpTZXNhbWU=']);
  expect(told('authorization', 'Bearer a1b2c3d4e5f6')).toEqual(['a1b2c3d4e5f6']);
  expect(told('jeton', 'KgC5aoy_MKHunlXk')).toEqual(['KgC5aoy_MKHunlXk']);
  expect(told('ville', 'Villeneuve-1234567')).toEqual([]);
});
