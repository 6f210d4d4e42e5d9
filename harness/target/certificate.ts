import { createHash } from 'node:crypto';
import { isIP } from 'node:net';
import { connect, getCACertificates } from 'node:tls';
import { GuichetError } from '../errors.ts';
import type { Upstream } from './access.ts';
import { tunnel } from './tunnel.ts';

/** How long the two sides may take to agree, in milliseconds. */
const patience = 15_000;

/**
 * Proves the certificate of an https origin against an authority (PEM) and the usual ones, and answers the SHA-256 of
 * its public key in base64: what Chromium is told to accept, and nothing besides. Throws `GUICHET_TARGET_UNREACHABLE`
 * when the origin does not answer, and `GUICHET_CERTIFICATE_REFUSED` when neither vouches for it.
 */
export async function provenKey(
  origin: string,
  { ca, proxy }: { ca: string; proxy?: Upstream | undefined },
): Promise<string> {
  const { hostname, port } = new URL(origin);
  const host = hostname.replace(/^\[|\]$/g, '');
  const underlying = await tunnel(host, Number(port) || 443, proxy).catch((error: Error) => {
    throw new GuichetError(
      'GUICHET_TARGET_UNREACHABLE',
      `${origin} cannot be connected to (${error.message}).`,
    );
  });
  return await new Promise((resolve, reject) => {
    const refuse = (error: NodeJS.ErrnoException) =>
      reject(
        new GuichetError(
          'GUICHET_CERTIFICATE_REFUSED',
          `${origin} shows a certificate that access.caFile does not vouch for (${error.code ?? error.message}).`,
        ),
      );
    const socket = connect({
      socket: underlying,
      host,
      ...(isIP(host) ? {} : { servername: host }),
      ca: [...getCACertificates('default'), ca],
    });
    socket.setTimeout(patience, () => socket.destroy(new Error(`no handshake in ${patience} ms`)));
    socket.once('error', refuse);
    socket.once('secureConnect', () => {
      const key = socket.getPeerX509Certificate()?.publicKey.export({ type: 'spki', format: 'der' });
      socket.destroy();
      if (key) resolve(createHash('sha256').update(key).digest('base64'));
      else refuse(new Error('no certificate'));
    });
  });
}
