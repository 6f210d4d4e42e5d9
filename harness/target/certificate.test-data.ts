import { generateKeyPairSync, type KeyObject, sign } from 'node:crypto';

/** An authority of its own and a certificate that it signed, in PEM. */
export type Certified = { ca: string; cert: string; key: string };

/** Just enough DER (X.690) for certificates: tag, length, content. */
function der(tag: number, ...parts: Buffer[]): Buffer {
  const content = Buffer.concat(parts);
  const length = content.length.toString(16);
  const size = Buffer.from(length.length % 2 ? `0${length}` : length, 'hex');
  return Buffer.concat([
    Buffer.from(content.length < 128 ? [tag, content.length] : [tag, 0x80 | size.length, ...size]),
    content,
  ]);
}

const sequence = (...parts: Buffer[]) => der(0x30, ...parts);
const oid = (hex: string) => der(0x06, Buffer.from(hex, 'hex'));
const text = (tag: number, value: string) => der(tag, Buffer.from(value));
const bits = (content: Buffer) => der(0x03, Buffer.from([0]), content);
const yes = der(0x01, Buffer.from([0xff]));

const ecdsaWithSha256 = sequence(oid('2a8648ce3d040302'));
const commonName = (value: string) => sequence(der(0x31, sequence(oid('550403'), text(0x0c, value))));
const time = (date: Date) => text(0x17, `${date.toISOString().replace(/\D/g, '').slice(2, 14)}Z`);
const extension = (id: string, content: Buffer, ...critical: Buffer[]) =>
  sequence(oid(id), ...critical, der(0x04, content));

const isAuthority = extension('551d13', sequence(yes), yes);
/** Subject alternative names: IPv4 addresses and host names. */
const names = (hosts: readonly string[]) =>
  extension(
    '551d11',
    sequence(
      ...hosts.map((host) =>
        /^[\d.]+$/.test(host) ? der(0x87, Buffer.from(host.split('.').map(Number))) : text(0x82, host),
      ),
    ),
  );

type Named = { name: string; key: { publicKey: KeyObject; privateKey: KeyObject } };

function certificate(subject: Named, issuer: Named, extra: Buffer, serial: number): string {
  const now = Date.now();
  const day = 86_400_000;
  const body = sequence(
    der(0xa0, der(0x02, Buffer.from([2]))),
    der(0x02, Buffer.from([serial])),
    ecdsaWithSha256,
    commonName(issuer.name),
    sequence(time(new Date(now - day)), time(new Date(now + 30 * day))),
    commonName(subject.name),
    subject.key.publicKey.export({ type: 'spki', format: 'der' }),
    der(0xa3, sequence(extra)),
  );
  const whole = sequence(body, ecdsaWithSha256, bits(sign('sha256', body, issuer.key.privateKey)));
  const lines = whole.toString('base64').match(/.{1,64}/g) ?? [];
  return `-----BEGIN CERTIFICATE-----\n${lines.join('\n')}\n-----END CERTIFICATE-----\n`;
}

/** Makes an authority and lets it sign a certificate for these hosts. */
export function certified(...hosts: string[]): Certified {
  const named = (name: string): Named => ({ name, key: generateKeyPairSync('ec', { namedCurve: 'P-256' }) });
  const authority = named('Autorité d’essai');
  const server = named(hosts[0] ?? 'serveur');
  return {
    ca: certificate(authority, authority, isAuthority, 1),
    cert: certificate(server, authority, names(hosts), 2),
    key: server.key.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
  };
}
