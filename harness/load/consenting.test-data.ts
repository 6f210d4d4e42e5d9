import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Embedded } from '../target/embedded.ts';
import { pass, startForwardProxy } from '../target/front.test-data.ts';
import { parseProfile, type TargetProfile } from '../target/profile.ts';
import { consentPath } from './consent.ts';

/** An extranet elsewhere, by its name, that agrees to be loaded; `consent` and `state` change while it runs. */
export type Consenting = {
  origin: string;
  /** The text of its consent file; undefined when it has none. */
  consent: string | undefined;
  state: 'open' | '503' | 'maintenance' | 'gone';
  /** Instants (ms) of the requests that were none for the consent file, and how many were. */
  requests: number[];
  consentRequests: number;
  profile: TargetProfile;
  environment: Record<string, string>;
  close(): Promise<void>;
};

export const origin = 'http://recette.example.org';

/** What a consent file says that covers all that the tests ask. */
export function consentOf(change: object = {}): string {
  const hour = 3_600_000;
  const instant = (ms: number) => new Date(Date.now() + ms).toISOString();
  return JSON.stringify({
    origin,
    rate: 600,
    total: 1000,
    window: { from: instant(-hour), to: instant(hour) },
    mailDomain: 'guichet.test',
    expires: instant(2 * hour),
    ...change,
  });
}

/** Starts it before an embedded extranet; the proxy of its profile alone knows the way. */
export async function startConsenting(embedded: Embedded): Promise<Consenting> {
  const behind = new URL(embedded.profile.baseUrl).origin;
  const server = createServer((asked, answer) => {
    if (consenting.state === 'gone') return void asked.socket.destroy();
    if (asked.url === consentPath) {
      consenting.consentRequests += 1;
      return void answer.writeHead(consenting.consent === undefined ? 404 : 200).end(consenting.consent);
    }
    consenting.requests.push(Date.now());
    if (consenting.state === '503') return void answer.writeHead(503).end();
    if (consenting.state === 'maintenance')
      return void answer
        .writeHead(200, { 'content-type': 'text/html; charset=utf-8' })
        .end('<title>Maintenance</title><h1>Le service est momentanément indisponible</h1>');
    pass(asked, answer, new URL(asked.url ?? '/', behind));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const hosts = { 'recette.example.org': (server.address() as AddressInfo).port };
  const proxy = await startForwardProxy({ hosts });
  const text = JSON.stringify(embedded.profile).replaceAll(behind, origin);
  const consenting: Consenting = {
    ...{ origin, consent: consentOf(), state: 'open', requests: [], consentRequests: 0 },
    profile: parseProfile(
      {
        ...JSON.parse(text),
        access: { proxy: { server: proxy.url } },
        sirets: { kind: 'list', available: ['73282932000074'] },
        ...{ maxSubmissions: 1000, load: { rate: 600, total: 1000 } },
      },
      'consenting',
    ),
    environment: { ...embedded.environment, GUICHET_I_MAY: origin },
    close: async () => {
      await proxy.close();
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closed;
    },
  };
  return consenting;
}
