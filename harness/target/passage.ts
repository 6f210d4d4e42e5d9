import { setGlobalProxyFromEnv } from 'node:http';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { type Access, accessOf, headersTo } from './access.ts';
import { provenKey } from './certificate.ts';
import { openGate } from './gate.ts';
import { parsePermit, permitVariable } from './origin.ts';
import { assertPermitted } from './permit.ts';
import type { TargetProfile } from './profile.ts';

/** The way to a target, open: through the gate, with what `access` of its profile asks for. */
export type Passage = {
  /** As Playwright's contexts take it; loopback is reached directly. */
  proxy: { server: string; bypass: string };
  credentials: Access['credentials'];
  /** What a request to `url` carries besides its own headers; credentials left out. */
  headersTo(url: URL): Record<string, string>;
  hasHeaders: boolean;
  /** Chromium's, for the certificates of the target that were proven in Node. */
  browserArguments: string[];
  close(): Promise<void>;
};

type Environment = Record<string, string | undefined>;

const direct = ['localhost', '127.0.0.1', '[::1]'];

/**
 * Opens the way for the browser and, where a profile names a target, for what this process itself requests, until it
 * is closed: at most one such way at a time. Throws what the interlock, `accessOf` and `provenKey` throw.
 */
export async function openPassage(
  profile: TargetProfile | undefined,
  environment: Environment,
): Promise<Passage> {
  const permit = parsePermit(environment[permitVariable]);
  if (profile) assertPermitted(profile, permit);
  const access = profile && accessOf(profile, environment);
  const { proxy, ca } = access ?? {};
  const keys = ca ? await Promise.all(secured(access).map((origin) => provenKey(origin, { ca, proxy }))) : [];
  const gate = await openGate({ permit, proxy });
  const leave = profile ? lead(gate.url, ca) : () => {};
  return {
    proxy: { server: gate.url, bypass: direct.join(',') },
    credentials: access?.credentials,
    headersTo: (url) => (access ? headersTo(url, { ...access, credentials: undefined }) : {}),
    hasHeaders: Object.keys(access?.headers ?? {}).length > 0,
    browserArguments: keys.length > 0 ? [`--ignore-certificate-errors-spki-list=${keys.join(',')}`] : [],
    close: async () => {
      leave();
      await gate.close();
    },
  };
}

function secured(access: Access | undefined): string[] {
  return [...(access?.origins ?? [])].filter((origin) => origin.startsWith('https:'));
}

/** Leads this process's own requests through the gate and makes it trust the authority; answers how to undo both. */
function lead(gate: string, ca: string | undefined): () => void {
  const restore = setGlobalProxyFromEnv({ HTTP_PROXY: gate, HTTPS_PROXY: gate, NO_PROXY: direct.join(',') });
  const before = getCACertificates('default');
  if (ca) setDefaultCACertificates([...before, ca]);
  return () => {
    restore();
    if (ca) setDefaultCACertificates(before);
  };
}
