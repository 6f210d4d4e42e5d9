import { type Browser, chromium } from '@playwright/test';
import fastify, { type FastifyInstance } from 'fastify';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type Catcher, startCatcher } from '../mail/catcher.ts';
import { type MailStore, openMailStore } from '../mail/mail-store.ts';
import { sendRaw } from '../mail/smtp-dialogue.ts';
import { findChromium } from '../toolchain/chromium.ts';
import { addWebmail } from './webmail.ts';

let store: MailStore;
/** Oldest first. */
const kept = () => [...store.newest(0, 10_000)].reverse();
let app: FastifyInstance;

beforeEach(() => {
  store = openMailStore();
  app = fastify();
  addWebmail(app, store, '127.0.0.1:1025');
});
afterEach(() => app.close());

const get = (url: string) => app.inject({ url });
const post = (origin?: string) =>
  app.inject({
    method: 'POST',
    url: '/tout-supprimer',
    headers: {
      host: '127.0.0.1:8025',
      'content-type': 'application/x-www-form-urlencoded',
      ...(origin ? { origin } : {}),
    },
    payload: '',
  });

async function add(raw: string | Buffer, ...recipients: string[]): Promise<string> {
  await store.add({
    receivedAt: new Date('2026-03-03T08:00:00Z'),
    helo: 'x',
    sender: 'asp@x.fr',
    recipients: recipients.length > 0 ? recipients : ['a@x.fr'],
    raw: Buffer.from(raw as string),
  });
  return `/courriel/${encodeURIComponent(kept().at(-1)?.id ?? '')}`;
}

const alternative = [
  'Subject: =?utf-8?Q?Cr=C3=A9=C3=A9?= <script>',
  'Content-Type: multipart/mixed; boundary=b',
  '',
  '--b\r\nContent-Type: text/html\r\n\r\n<p>Bonjour</p><script>document.title = "1"</script>',
  '--b\r\nContent-Type: application/pdf; name="<b>.pdf"\r\nContent-Disposition: attachment\r\n\r\nxyz',
  '--b--\r\n',
].join('\r\n');

describe('the list', () => {
  test('says where to send mails while there are none', async () => {
    const { body, headers } = await get('/');
    expect(body).toContain('0 courriel<');
    expect(body).toContain('127.0.0.1:1025');
    expect(headers['content-security-policy']).toMatch(/default-src 'none'.*script-src 'self';/);
  });

  test('shows newest first, with subjects decoded and escaped', async () => {
    await add(alternative, 'a+1@x.fr');
    await add('Subject: second\r\n\r\nx\r\n');
    const { body } = await get('/');
    expect(body).toContain('2 courriels');
    expect(body.indexOf('second')).toBeLessThan(body.indexOf('Créé &#60;script&#62;'));
    expect(body).toContain('À a+1@x.fr');
    expect(body).toContain('3 mars 2026, 09:00:00');
  });

  test.each([
    ['a%2B1', 1],
    ['A%2B1@X', 1],
    ['x.fr', 3],
    ['%3Cscript%3E', 0],
  ])('finds the mails to %s', async (query, found) => {
    for (const to of ['a+1@x.fr', 'a1@x.fr', 'b@x.fr']) await add('Subject: x\r\n\r\nx\r\n', to);
    const { body } = await get(`/?a=${query}`);
    expect(body.match(/<li>/g)?.length ?? 0).toBe(found);
    expect(body).not.toContain('<script>');
  });

  test('has pages of fifty', async () => {
    for (let mail = 0; mail < 120; mail += 1) await add(`Subject: n${mail}.\r\n\r\nx\r\n`);
    const subjects = async (page: string) =>
      [...(await get(`/?page=${page}`)).body.matchAll(/n(\d+)\./g)].map(([, number]) => Number(number));
    expect(await subjects('1')).toEqual(Array.from({ length: 50 }, (_, index) => 119 - index));
    expect(await subjects('3')).toEqual(Array.from({ length: 20 }, (_, index) => 19 - index));
    for (const page of ['99', '0', '-1', 'x', '1e999'])
      expect((await subjects(page)).length).toBeGreaterThan(0);
  });
});

describe('a mail', () => {
  test('lists its attachments and offers what it has', async () => {
    const { body } = await get(await add(alternative));
    expect(body).toContain('1 pièce jointe');
    expect(body).toContain('&#60;b&#62;.pdf <span>application/pdf, 3 octets</span>');
    expect(body).toMatch(/<iframe class="html" sandbox="" src="\/courriel\/[^"]+\/html"/);
  });

  test('in HTML may load and run nothing', async () => {
    const { body, headers } = await get(`${await add(alternative)}/html`);
    expect(body).toContain('<p>Bonjour</p>');
    expect(headers['content-security-policy']).toMatch(/^default-src 'none';.* sandbox;/);
  });

  test.each([
    ['text/plain', 'Subject: x\r\n\r\nBonjour <b>\r\n', 'Bonjour &#60;b&#62;'],
    ['nothing', '', 'n’a pas de texte'],
    ['Latin-1 that is not said', Buffer.from('Subject: x\r\n\r\n\xe9t\xe9 <i>\r\n', 'latin1'), '&#60;i&#62;'],
    ['a header of two megabytes', `X: ${'y'.repeat(2_000_000)}\r\n\r\nx\r\n`, 'Sans objet'],
    ['far too much', `Subject: x\r\n\r\n${'ligne\r\n'.repeat(100_000)}`, 'est dans le fichier .eml'],
  ])('of %s is shown, in every view', async (_what, raw, expected) => {
    const url = await add(raw);
    expect((await get(url)).body).toContain(expected);
    for (const view of ['texte', 'html', 'source', 'x', '__proto__']) {
      const { statusCode, body } = await get(`${url}?vue=${view}`);
      expect(statusCode).toBe(200);
      expect(body.length).toBeLessThan(1_100_000);
    }
    expect((await get('/')).statusCode).toBe(200);
  });

  test.each(['/courriel/x', '/courriel/x/html'])('%s is gone', async (url) => {
    const { statusCode, body } = await get(url);
    expect(statusCode).toBe(404);
    expect(body).toContain('Ce courriel n’est plus là');
  });
});

test('only its own page empties the mailbox', async () => {
  await add('Subject: x\r\n\r\nx\r\n');
  for (const origin of [undefined, 'null', 'http://evil.example', 'http://127.0.0.1:8026'])
    expect((await post(origin)).statusCode).toBe(403);
  expect(kept()).toHaveLength(1);
  expect(await post('http://127.0.0.1:8025')).toMatchObject({ statusCode: 303, headers: { location: '/' } });
  expect(kept()).toEqual([]);
});

describe('in a browser', () => {
  let browser: Browser;
  let catcher: Catcher;

  beforeAll(async () => {
    const path = findChromium()?.path;
    browser = await chromium.launch({ args: ['--no-sandbox'], ...(path ? { executablePath: path } : {}) });
    catcher = await startCatcher();
  });
  afterAll(async () => {
    await browser?.close();
    await catcher?.close();
  });

  test('a mail appears when it arrives, and its script never runs', async () => {
    const page = await browser.newPage();
    await page.goto(catcher.url);
    await page.getByText('Aucun courriel.').waitFor();
    await sendRaw(catcher.smtp.port, { to: ['a@x.fr'] }, alternative);
    await page.getByRole('link', { name: /Créé/ }).click();
    await page.frameLocator('iframe').getByText('Bonjour').waitFor();
    expect(await page.title()).toBe('Créé <script> · Guichet');
    const frame = await page.locator('iframe').getAttribute('src');
    await page.goto(new URL(frame ?? '', catcher.url).href);
    expect(await page.title()).toBe('');
    await page.goto(catcher.url);
    await page.getByText('Tout supprimer').click();
    await page.getByRole('button', { name: 'Supprimer le courriel' }).click();
    await page.getByText('Aucun courriel.').waitFor();
    await page.close();
  });

  test('nothing that a mail holds runs, is fetched, or leaves its frame; text and source show it as it is', async () => {
    const beacon = (name: string) => `fetch('${catcher.url}/ran-${name}')`;
    const attacks = [
      `<script>${beacon('script')}</script>`,
      `<img src=x onerror="${beacon('onerror')}">`,
      `<svg onload="${beacon('svg')}"></svg>`,
      `<body onload="${beacon('body')}"><iframe srcdoc="<script>parent.${beacon('srcdoc')}</script>"></iframe>`,
      `<img src="${catcher.url}/ran-picture"><link rel=stylesheet href="${catcher.url}/ran-style">`,
      `<meta http-equiv=refresh content="0;url=${catcher.url}/ran-refresh">`,
      `<a href="javascript:${beacon('link')}">Lien</a><a href="/ran-top" target="_top">Dehors</a>`,
      `<form action="/ran-form"><button>Envoyer</button></form>`,
    ];
    const mail = `Subject: Hostile\r\nContent-Type: text/html\r\n\r\n<p>Bonjour</p>${attacks.join('\r\n')}\r\n`;
    await sendRaw(catcher.smtp.port, { to: ['b+1@x.fr'] }, mail);
    const page = await browser.newPage();
    page.setDefaultTimeout(5_000);
    const asked: string[] = [];
    // What the policy stops is announced as a request too, and never answered.
    page.on('response', (response) => asked.push(response.url()));
    await page.goto(catcher.url);
    await page.getByRole('searchbox', { name: 'Destinataire' }).fill('b+1@');
    await page.getByRole('button', { name: 'Chercher' }).click();
    await page.getByRole('heading', { name: '1 courriel' }).waitFor();
    await page.getByRole('link', { name: /Hostile/ }).click();
    await page.getByRole('link', { name: 'HTML', exact: true }).click();
    await page.frameLocator('iframe.html').getByText('Bonjour').waitFor();
    const here = page.url();
    const frame = page.frameLocator('iframe.html');
    for (const name of ['Lien', 'Dehors']) await frame.getByText(name).click();
    await frame.getByRole('button', { name: 'Envoyer' }).click();
    // What would run has had the time to: the frame has loaded and answered three clicks.
    expect(page.url()).toBe(here);
    expect(asked.filter((url) => url.includes('/ran-'))).toEqual([]);
    await page.getByRole('link', { name: 'Source' }).click();
    await page.getByText('<script>fetch(').waitFor();
    expect(asked.filter((url) => url.includes('/ran-'))).toEqual([]);
    await page.close();
  });
});
