import exec from 'k6/execution';
import http, { type RefinedResponse } from 'k6/http';
import { allowedOrigin } from './guard.ts';

/** The target's origin: BASE_URL without its path, guarded here, in the init context of each script. */
const origin = allowedOrigin(__ENV.BASE_URL || 'http://127.0.0.1:8120');

/**
 * What the target wants to see of whoever comes, credentials included: ACCESS_HEADERS, JSON, which `guichet` makes from
 * `access` of the profile. No request here goes to any other origin.
 */
const access: Record<string, string> = JSON.parse(__ENV.ACCESS_HEADERS || '{}');

/** A page as a browser ends up on it, after redirects. */
export type Page = { path: string; status: number; html: string };

/** Seven requests stay below the 60 s of grace, so that each iteration ends with an outcome. */
const timeout = '8s';
const mostRedirects = 4;

/** For `setup`: ends the run with a coded message (exit 108) when nothing answers at `path`. */
export function proveReachable(path: string): void {
  const answer = http.get(origin + path, { redirects: 0, timeout, headers: access, tags: { name: 'setup' } });
  if (answer.status !== 0) return;
  const what = `GET ${origin}${path} failed (${answer.error}).`;
  exec.test.abort(`GUICHET_TARGET_UNREACHABLE: ${what} Start "npx guichet serve", or set BASE_URL.`);
}

/** GETs a path, redirects followed. `name` groups the figures of a step. */
export function visit(path: string, name: string, headers: Record<string, string> = {}): Page {
  const carried = { ...access, ...headers };
  return land(
    http.get(origin + path, { redirects: 0, timeout, headers: carried, tags: { name } }),
    path,
    name,
  );
}

/** POSTs a form, redirects followed as a browser does: by GET. */
export function submit(path: string, name: string, fields: Record<string, string>): Page {
  return land(
    http.post(origin + path, fields, { redirects: 0, timeout, headers: access, tags: { name } }),
    path,
    name,
  );
}

function land(first: RefinedResponse<'text'>, firstPath: string, name: string): Page {
  let answer = first;
  let path = firstPath;
  for (let step = 0; answer.status >= 300 && answer.status < 400; step++) {
    const location = answer.headers.Location ?? '';
    if (step === mostRedirects) throw new Error(`${name}: more than ${mostRedirects} redirects`);
    path = resolve(location, path, name);
    answer = http.get(origin + path, {
      ...{ redirects: 0, timeout, headers: access },
      tags: { name: `${name} (redirection)` },
    });
  }
  if (answer.status === 0) throw new Error(`${name}: ${answer.error}`);
  return { path: path.replace(/[?#].*/, ''), status: answer.status, html: String(answer.body ?? '') };
}

/** The path that a Location leads to. Throws for another origin: traffic never leaves the one that was allowed. */
function resolve(location: string, from: string, name: string): string {
  if (location.startsWith(`${origin}/`)) return location.slice(origin.length);
  if (/^\/(?![/\\])/.test(location)) return location;
  if (/^[\w.-]+(?:[/?#]|$)/.test(location))
    return from.replace(/[?#].*/, '').replace(/[^/]*$/, '') + location;
  throw new Error(`${name}: redirected to "${location}", which is not followed`);
}
