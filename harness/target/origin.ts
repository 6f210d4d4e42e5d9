import { GuichetError } from '../errors.ts';

const loopback = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/;

/** Throws `GUICHET_ORIGIN_REFUSED` unless the URL is http(s) or imap on loopback: no other origin is ever contacted. */
export function assertLoopback(url: string): void {
  const { protocol, hostname } = new URL(url);
  if (/^(https?|imap):$/.test(protocol) && loopback.test(hostname)) return;
  throw new GuichetError('GUICHET_ORIGIN_REFUSED', `${url} is not on loopback.`);
}
