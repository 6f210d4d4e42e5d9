import { once } from 'node:events';
import { createServer, request } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Front, startForwardProxy } from './front.test-data.ts';
import { openGate } from './gate.ts';
import { parsePermit } from './origin.ts';

const permit = parsePermit('http://extranet.example.org,https://extranet.example.org:8443');
const credentials = { username: 'u', password: 'p' };
const page = createServer((asked, answer) => answer.end(`page ${asked.url}`));
let port = 0;
let enterprise: Front;

beforeAll(async () => {
  page.listen(0, '127.0.0.1');
  await once(page, 'listening');
  port = (page.address() as AddressInfo).port;
  const hosts = { 'extranet.example.org': port, 'evil.example.org': port, '127.0.0.1': port };
  enterprise = await startForwardProxy({ hosts, authorization: 'Basic dTpw' });
});
afterAll(async () => {
  page.close();
  await enterprise.close();
});

/** What a client gets through the gate: a page, or how it was cut off. */
async function visit(gate: string, url: string): Promise<string> {
  const asking = request(gate, { path: url, agent: false }).end();
  try {
    const [answer] = await once(asking, 'response');
    let text = `${answer.statusCode} `;
    for await (const chunk of answer) text += chunk;
    return text;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code ?? String(error);
  }
}

/** The first line that the gate answers to CONNECT. */
async function knock(gate: string, authority: string): Promise<string> {
  const socket = connect(Number(new URL(gate).port), '127.0.0.1');
  socket.write(`CONNECT ${authority} HTTP/1.1\r\nhost: ${authority}\r\n\r\n`);
  const answer = await new Promise((resolve) => {
    socket.once('data', (data) => resolve(String(data).split('\r\n')[0]));
    socket.once('close', () => resolve('cut off'));
  });
  socket.destroy();
  return String(answer);
}

const upstream = () => ({ host: '127.0.0.1', port: Number(new URL(enterprise.url).port), credentials });

describe('through an enterprise’s proxy, whose credentials it alone knows', () => {
  test('what is permitted passes, what is not never reaches the proxy', async () => {
    const gate = await openGate({ permit, proxy: upstream() });
    enterprise.seen.length = 0;
    expect(await visit(gate.url, 'http://extranet.example.org/aparts/?x=1')).toBe('200 page /aparts/?x=1');
    expect(await visit(gate.url, 'http://evil.example.org/')).toBe('ECONNRESET');
    expect(await visit(gate.url, 'http://extranet.example.org:81/')).toBe('ECONNRESET');
    expect(await visit(gate.url, '/relative')).toBe('ECONNRESET');
    expect(await knock(gate.url, 'extranet.example.org:8443')).toBe('HTTP/1.1 200 Connection established');
    expect(await knock(gate.url, 'extranet.example.org:443')).toBe('cut off');
    expect(await knock(gate.url, 'evil.example.org:8443')).toBe('cut off');
    expect(await knock(gate.url, 'nonsense')).toBe('cut off');
    await gate.close();
    expect(enterprise.seen).toEqual([
      'GET http://extranet.example.org/aparts/?x=1',
      'CONNECT extranet.example.org:8443',
    ]);
  });

  test('its refusal is no answer of the target', async () => {
    const gate = await openGate({
      permit,
      proxy: { ...upstream(), credentials: { username: 'u', password: 'wrong' } },
    });
    expect(await visit(gate.url, 'http://extranet.example.org/')).toBe('ECONNRESET');
    expect(await knock(gate.url, 'extranet.example.org:8443')).toBe('cut off');
    expect(gate.trouble()).toMatch(/^the proxy 127\.0\.0\.1:\d+ answered 407$/);
    await gate.close();
  });
});

test('without one it connects by itself, to loopback too', async () => {
  const gate = await openGate({ permit: parsePermit(undefined) });
  expect(await visit(gate.url, `http://127.0.0.1:${port}/here`)).toBe('200 page /here');
  expect(await knock(gate.url, `127.0.0.1:${port}`)).toBe('HTTP/1.1 200 Connection established');
  expect(await visit(gate.url, 'http://extranet.example.org/')).toBe('ECONNRESET');
  await gate.close();
});
