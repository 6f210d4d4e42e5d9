import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { type GatewayFault, startGateway } from './gateway.ts';
import { cuts, flaps, losesEnvoyer, tooSlow } from './gateway-faults.ts';

const closers: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

const page = `<!doctype html>${'x'.repeat(2000)}`;

/** A site that says what it was asked, behind a broken gateway whose first page was already taken. */
async function startSite(fault: GatewayFault, seed = 7) {
  const asked: string[] = [];
  const site = createServer(async (request: IncomingMessage, answer) => {
    const body = (await request.toArray()).join('');
    asked.push(`${request.method} ${request.url} ${body}`.trim());
    if (request.url === '/leave') answer.writeHead(303, { location: '/there' }).end();
    else answer.writeHead(200, { 'content-type': 'text/html', 'x-own': 'kept' }).end(page);
  }).listen(0, '127.0.0.1');
  await once(site, 'listening');
  closers.push(async () => site.close());
  const to = `http://127.0.0.1:${(site.address() as AddressInfo).port}`;
  const gateway = await startGateway(fault, { to, seed });
  closers.push(gateway.close);
  const get = (path: string, init: RequestInit = {}) =>
    fetch(`${gateway.url}${path}`, { redirect: 'manual', ...init });
  const statuses = async (paths: readonly string[]) => {
    const found: number[] = [];
    for (const path of paths) found.push((await get(path)).status);
    return found;
  };
  expect((await get('/first')).status).toBe(200);
  return { get, statuses, asked, url: gateway.url };
}

test('a gateway without a fault passes everything on as it is', async () => {
  const { get, asked } = await startSite(() => () => 'pass');
  const answer = await get('/a?b=1', { method: 'POST', body: 'c=é' });
  expect([answer.status, answer.headers.get('x-own'), await answer.text()]).toEqual([200, 'kept', page]);
  expect(asked.at(-1)).toBe('POST /a?b=1 c=é');
  expect((await get('/leave')).headers.get('location')).toBe('/there');
});

test('flaps: one page of every three is answered 503, the same ones for a seed', async () => {
  const paths = Array.from({ length: 12 }, (_, at) => `/${at}`);
  const found = await (await startSite(flaps, 1)).statuses(paths);
  for (let at = 0; at < 12; at += 3) expect(found.slice(at, at + 3).sort()).toEqual([200, 200, 503]);
  expect(await (await startSite(flaps, 1)).statuses(paths)).toEqual(found);
  expect(await (await startSite(flaps, 2)).statuses(paths)).not.toEqual(found);
});

test('the test doors and the parts of a page always pass', async () => {
  const { get, statuses } = await startSite(() => () => 'refuse');
  expect(await statuses(['/page', '/_test/clock'])).toEqual([503, 200]);
  for (const use of ['script', 'style', 'image'])
    expect((await get('/part', { headers: { 'sec-fetch-dest': use } })).status).toBe(200);
});

test('502 at ENVOYER: the target has it, its answer is lost', async () => {
  const { get, asked } = await startSite(losesEnvoyer);
  const path = '/aparts/creation/compte';
  expect((await get(path)).status).toBe(200);
  expect((await get(path, { method: 'POST', body: 'nom=A' })).status).toBe(502);
  expect(asked.at(-1)).toBe(`POST ${path} nom=A`);
});

test('too slow: what a form sends is not answered, and closing lets go of it', async () => {
  const { get, statuses } = await startSite(tooSlow);
  expect(await statuses(['/a', '/b'])).toEqual([200, 200]);
  await expect(get('/a', { method: 'POST', signal: AbortSignal.timeout(100) })).rejects.toThrow(/timeout/);
});

test('cut: the beginning of the page comes, then the connection breaks', async () => {
  const { get } = await startSite(cuts);
  const ends: string[] = [];
  for (let count = 0; count < 6; count++) {
    const answer = await get('/a');
    expect(answer.status).toBe(200);
    ends.push(
      await answer.text().then(
        (text) => (text === page ? 'whole' : 'short'),
        () => 'cut',
      ),
    );
  }
  for (let at = 0; at < 6; at += 2) expect(ends.slice(at, at + 2).sort()).toEqual(['cut', 'whole']);
});

test('a site that is gone is a 502 of the gateway', async () => {
  const gateway = await startGateway(() => () => 'pass', { to: 'http://127.0.0.1:9', seed: 1 });
  closers.push(gateway.close);
  expect((await fetch(gateway.url)).status).toBe(502);
});
