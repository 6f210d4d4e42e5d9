import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createInterface } from 'node:readline';
import type { WireForm } from '../../fixtures/wire-map.ts';
import { parseWireMap } from './wire-map.ts';

/**
 * A server that does nothing: it answers each step of a wire map with a page made beforehand, of the size of the target's
 * own. It reads the map from its input, as a line of JSON, prints its URL, and ends with its input. `noop.ts` starts it.
 */

/** Where the form is here: its own address may be the SIRET step's too. */
const formPage = '/_noop/form';

type Answer = { status: number; headers: Record<string, string>; body: Buffer };

function page(content: string, size: number): Answer {
  const filler = '<p>Rien ne se passe ici : cette page est faite d’avance.</p>\n';
  const html = `<!doctype html><title>-</title>${content}${filler.repeat(Math.max(0, Math.ceil((size - content.length) / filler.length)))}`;
  return answer(200, { 'content-type': 'text/html; charset=utf-8' }, html);
}

function answer(status: number, headers: Record<string, string>, text = ''): Answer {
  const body = Buffer.from(text);
  return { status, headers: { ...headers, 'content-length': String(body.length) }, body };
}

function formOf({ key, entries, size }: WireForm): Answer {
  const inputs = entries.map(
    ({ name, ...entry }) =>
      `<input type="${'hidden' in entry ? 'hidden' : 'text'}" name="${name}" value="${'hidden' in entry ? 'aBcDeFgHiJkLmNoP' : ''}">`,
  );
  return page(`<form method="post"><input name="${key}">${inputs.join('\n')}</form>`, size);
}

const input = createInterface({ input: process.stdin });
const map = await new Promise<string>((resolve) => input.once('line', resolve));
input.once('close', () => process.exit(0));
const wire = parseWireMap(JSON.parse(map));
const confirmation = wire.confirmation ?? '/_noop/confirmation';
const bare = (path: string) => path.replace(/\?.*/, '');
const sent = answer(303, { location: confirmation });
const answers = new Map<string, Answer>([
  ...wire.home.map((path): [string, Answer] => [`GET ${bare(path)}`, page('<h1>-</h1>', 4000)]),
  ...wire.towns.map((one): [string, Answer] => [`${one.method} ${bare(one.path)}`, answer(200, {}, '{}')]),
  ['GET /_noop/code', answer(200, { 'content-type': 'application/json' }, '{"code":"ABCDEF"}')],
  [`GET ${bare(wire.siret.page)}`, formOf(wire.siret)],
  [`GET ${formPage}`, formOf(wire.form)],
  [`POST ${bare(wire.form.action)}`, sent],
  [`POST ${bare(wire.siret.action)}`, answer(303, { location: formPage })],
  [`GET ${confirmation}`, page('<h1>-</h1>', 2500)],
]);
const missing = answer(404, {});

const server = createServer((request, response) => {
  const url = request.url ?? '';
  const query = url.indexOf('?');
  const path = query < 0 ? url : url.slice(0, query);
  // The form's action may be the SIRET step's: which of the two is asked for is told by where it comes from.
  const referred =
    request.method === 'POST' &&
    path === bare(wire.form.action) &&
    request.headers.referer?.endsWith(formPage);
  const { status, headers, body } = (referred ? sent : answers.get(`${request.method} ${path}`)) ?? missing;
  request.resume();
  response.writeHead(status, headers).end(body);
});
server.listen(0, '127.0.0.1', () =>
  process.stdout.write(`http://127.0.0.1:${(server.address() as AddressInfo).port}\n`),
);
