import { type Access, accessOf, headersTo } from './access.ts';
import { provenKey } from './certificate.ts';
import { openGate } from './gate.ts';
import { direct, parsePermit, permitVariable } from './origin.ts';
import { assertPermitted } from './permit.ts';
import type { TargetProfile } from './profile.ts';

/** The browser's way to a target: through the gate, with what `access` of the profile asks for. */
export type Passage = {
  /** As Playwright's contexts take it; loopback is reached directly. */
  proxy: { server: string; bypass: string };
  credentials: Access['credentials'];
  /** What a request to `url` carries besides its own headers, credentials left out; none when nothing is asked for. */
  headersTo: ((url: URL) => Record<string, string>) | undefined;
  /** Chromium's, for the certificates of the target that were proven in Node. */
  browserArguments: string[];
  close(): Promise<void>;
};

/**
 * Opens the way to the target of a profile; without one it leads nowhere but to loopback. Throws what the interlock,
 * `accessOf` and `provenKey` throw.
 */
export async function openPassage(
  profile: TargetProfile | undefined,
  environment: Record<string, string | undefined>,
): Promise<Passage> {
  const permit = parsePermit(environment[permitVariable]);
  if (profile) assertPermitted(profile, permit);
  const access = profile && accessOf(profile, environment);
  const keys = access ? await keysOf(access) : [];
  const gate = await openGate({ permit, proxy: access?.proxy });
  const hasHeaders = Object.keys(access?.headers ?? {}).length > 0;
  return {
    proxy: { server: gate.url, bypass: direct.join(',') },
    credentials: access?.credentials,
    headersTo:
      access && hasHeaders ? (url) => headersTo(url, { ...access, credentials: undefined }) : undefined,
    browserArguments: keys.length > 0 ? [`--ignore-certificate-errors-spki-list=${keys.join(',')}`] : [],
    close: () => gate.close(),
  };
}

/** The proven keys of the target's origins; none without an authority of its own, where Chromium judges by itself. */
async function keysOf({ ca, origins, proxy }: Access): Promise<string[]> {
  if (!ca) return [];
  const secured = [...origins].filter((origin) => origin.startsWith('https:'));
  return await Promise.all(secured.map((origin) => provenKey(origin, { ca, proxy })));
}
