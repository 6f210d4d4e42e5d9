import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { GuichetError } from '../errors.ts';
import { environmentName } from './door.ts';
import type { TargetProfile } from './profile.ts';

const headerName = z
  .string()
  .regex(/^[\w!#$%&'*+.^`|~-]+$/, 'no such header name is possible')
  .describe('Its name');
/** What such a header holds is a secret, so it comes from the environment. */
const secretHeader = /^(proxy-)?authorization$|^cookie2?$|token|secret|password|api-?key|session/i;
/** What the client itself says about the connection and the body; another value breaks the request. */
const ownHeader = /^(host|connection|content-length|transfer-encoding|upgrade|te|trailer|expect)$/i;

const header = z
  .union([
    z.strictObject({ name: headerName, value: z.string().describe('What it holds; nothing secret') }),
    z.strictObject({
      name: headerName,
      valueEnv: environmentName,
    }),
  ])
  .superRefine((given, context) => {
    if (ownHeader.test(given.name))
      context.addIssue({ code: 'custom', path: ['name'], message: `"${given.name}" is the client’s own` });
    if ('value' in given && secretHeader.test(given.name)) {
      const message = `a secret has no place in the file; write "valueEnv" and the name of an environment variable that holds the ${given.name}`;
      context.addIssue({ code: 'custom', path: ['value'], message });
    }
  });

/** How a target is reached that does not stand open. Headers and credentials go to the target's own origins alone. */
export const access = z.strictObject({
  credentials: z
    .strictObject({ userEnv: environmentName, passwordEnv: environmentName })
    .optional()
    .describe('HTTP Basic, for the origin of baseUrl'),
  headers: z.array(header).default([]).describe('Sent with each request to the target'),
  proxy: z
    .strictObject({
      server: z
        .url({ protocol: /^http$/ })
        .refine((url) => !url.includes('@'), 'its user and password come from userEnv and passwordEnv')
        .describe('Such as http://proxy.example:3128'),
      userEnv: environmentName.optional(),
      passwordEnv: environmentName.optional(),
    })
    .optional()
    .describe('A forward proxy on the way to every origin that is not on loopback'),
  caFile: z
    .string()
    .min(1)
    .optional()
    .describe('PEM file of the authority behind the target’s certificate, relative to the profile'),
});

type Credentials = { username: string; password: string };

/** A forward proxy. */
export type Upstream = { host: string; port: number; credentials?: Credentials };

/** What `access` of a profile comes to, its secrets read. */
export type Access = {
  /** Where headers go: the origins of the pages that the profile names. */
  origins: ReadonlySet<string>;
  headers: Readonly<Record<string, string>>;
  credentials?: Credentials & { origin: string };
  proxy?: Upstream;
  /** PEM text. */
  ca?: string;
};

/**
 * Reads the secrets and the file that `access` names. Throws `GUICHET_PROFILE_INVALID` for a variable that is empty or
 * a file that cannot be read.
 */
export function accessOf(profile: TargetProfile, environment: Record<string, string | undefined>): Access {
  const { baseUrl, siretPage, passwordPage, siblings, access } = profile;
  const read = (variable: string): string => {
    const value = environment[variable];
    if (value) return value;
    throw new GuichetError(
      'GUICHET_PROFILE_INVALID',
      `access: the environment variable ${variable}, named by the profile "${profile.name}", is empty.`,
      'Set it, or take it out of the profile.',
    );
  };
  const pages = [
    baseUrl,
    siretPage,
    passwordPage,
    ...siblings.flatMap((site) => [site.signInUrl, site.passwordPage]),
  ];
  const origins = new Set(pages.flatMap((page) => (page ? [new URL(page).origin] : [])));
  const { credentials, headers = [], proxy, caFile } = access ?? {};
  return {
    origins,
    headers: Object.fromEntries(
      headers.map((given) => [
        given.name.toLowerCase(),
        'value' in given ? given.value : read(given.valueEnv),
      ]),
    ),
    ...(credentials && {
      credentials: {
        username: read(credentials.userEnv),
        password: read(credentials.passwordEnv),
        origin: new URL(baseUrl).origin,
      },
    }),
    ...(proxy && { proxy: proxyOf(proxy, read) }),
    ...(caFile && { ca: readCa(caFile) }),
  };
}

/** The headers that a request to `url` carries beyond its own; none outside the target. */
export function headersTo(url: URL, { origins, headers, credentials }: Access): Record<string, string> {
  return {
    ...(origins.has(url.origin) ? headers : {}),
    ...(credentials?.origin === url.origin ? { authorization: basic(credentials) } : {}),
  };
}

/** The value of an Authorization or Proxy-Authorization header. */
export function basic({ username, password }: Credentials): string {
  return `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`;
}

type ProxyProfile = NonNullable<NonNullable<TargetProfile['access']>['proxy']>;

function proxyOf(
  { server, userEnv, passwordEnv }: ProxyProfile,
  read: (variable: string) => string,
): Upstream {
  const { hostname, port } = new URL(server);
  const username = userEnv && read(userEnv);
  const password = passwordEnv ? read(passwordEnv) : '';
  return {
    host: hostname.replace(/^\[|\]$/g, ''),
    port: Number(port) || 80,
    ...(username ? { credentials: { username, password } } : {}),
  };
}

function readCa(path: string): string {
  let text = '';
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    throw new GuichetError(
      'GUICHET_PROFILE_INVALID',
      `access.caFile: ${path} cannot be read (${(error as NodeJS.ErrnoException).code}).`,
    );
  }
  if (text.includes('-----BEGIN CERTIFICATE-----')) return text;
  throw new GuichetError(
    'GUICHET_PROFILE_INVALID',
    `access.caFile: ${path} holds no certificate.`,
    'Give a PEM file, which says -----BEGIN CERTIFICATE-----.',
  );
}
