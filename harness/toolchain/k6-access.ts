import { accessOf, headersTo } from '../target/access.ts';
import type { TargetProfile } from '../target/profile.ts';

/**
 * What k6 must be told to reach a target as `access` of its profile says: the proxy and the authority in the variables
 * that Go reads (it reaches loopback without the proxy by itself), headers and credentials in the one that
 * `load/site.ts` reads. With an authority of its own, k6 trusts no other. Throws what `accessOf` throws.
 */
export function k6Access(
  profile: TargetProfile,
  environment: Record<string, string | undefined>,
): Record<string, string> {
  const access = accessOf(profile, environment);
  const headers = headersTo(new URL(profile.baseUrl), access);
  const caFile = profile.access?.caFile;
  return {
    ...(Object.keys(headers).length > 0 ? { ACCESS_HEADERS: JSON.stringify(headers) } : {}),
    ...(caFile ? { SSL_CERT_FILE: caFile } : {}),
    ...(access.proxy ? proxyVariables(access.proxy) : {}),
  };
}

function proxyVariables({ host, port, credentials }: NonNullable<ReturnType<typeof accessOf>['proxy']>) {
  const url = new URL(`http://${host.includes(':') ? `[${host}]` : host}:${port}`);
  url.username = encodeURIComponent(credentials?.username ?? '');
  url.password = encodeURIComponent(credentials?.password ?? '');
  return { HTTP_PROXY: url.href, HTTPS_PROXY: url.href };
}
