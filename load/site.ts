import exec from 'k6/execution';
import http, { type Params, type RefinedResponse } from 'k6/http';
import { type Asked, consentPath, consentProblem } from './consent.ts';
import { allowedOrigin } from './guard.ts';

/** The target's origin: BASE_URL without its path, guarded here, in the init context of each script. */
const { origin, foreign } = allowedOrigin(__ENV.BASE_URL || 'http://127.0.0.1:8120', __ENV.GUICHET_I_MAY);

/** Whether the target is elsewhere, where its consent is needed. */
export const isForeign = foreign;

/**
 * What the target wants to see of whoever comes, credentials included: ACCESS_HEADERS, JSON, which `guichet` makes from
 * `access` of the profile. No request here goes to any other origin.
 */
const access: Record<string, string> = JSON.parse(__ENV.ACCESS_HEADERS || '{}');

/** A page as a browser ends up on it, after redirects. */
export type Page = {
  path: string;
  status: number;
  error: string;
  redirected: boolean;
  /** The first request never left. */
  unsent: boolean;
  /** Its text, made when it is asked for: most pages are not looked at. */
  html(): string;
  /** What the first request took, in ms. */
  firstMs(): number;
};

/** In ms. A dozen requests stay below the 60 s of grace unless several are lost. */
const timeout = 8000;
const mostRedirects = 4;

/** For `setup`: ends the run with a coded message (exit 108) when nothing answers at `path`. */
export function proveReachable(path: string): void {
  const answer = http.get(origin + path, { redirects: 0, timeout, headers: access, tags: { name: 'setup' } });
  if (answer.status !== 0) return;
  const what = `GET ${origin}${path} failed (${answer.error}).`;
  exec.test.abort(`GUICHET_TARGET_UNREACHABLE: ${what} Start "npx guichet serve", or set BASE_URL.`);
}

/** Ends the run (exit 108) unless the target is on loopback, or its consent file covers what is asked. */
export function proveConsent(asked: Omit<Asked, 'origin'>): void {
  if (!foreign) return;
  const url = origin + consentPath;
  const answer = http.get(url, { redirects: 0, timeout, headers: access, tags: { name: 'consent' } });
  const problem =
    answer.status === 200
      ? consentProblem(String(answer.body), { ...asked, origin }, Date.now())
      : `it answers ${answer.status || answer.error}`;
  if (problem)
    exec.test.abort(`GUICHET_CONSENT_REFUSED: ${url}: ${problem}. Ask the owner of the target to serve one.`);
}

/** GETs a path, redirects followed. `name` is the step's, of its figures too; `unread`: nobody will look at the page. */
export function visit(path: string, name: string, { unread = false } = {}): Page {
  const options = plain(name, unread);
  return land(ask('GET', path, null, options), 'GET', path, name, null, options);
}

const form = 'application/x-www-form-urlencoded';

/** POSTs an encoded form from the page at `from`, redirects followed as a browser does. */
export function submit(path: string, name: string, body: string, from: string): Page {
  return send('POST', path, name, body, { 'content-type': form, origin, referer: origin + from });
}

/** Sends a request as a page or its script does. */
export function send(
  method: string,
  path: string,
  name: string,
  body: string | null,
  own: Record<string, string>,
): Page {
  const options: Params = { redirects: 0, timeout, headers: Object.assign({}, access, own), tags: { name } };
  return land(ask(method, path, body, options), method, path, name, body, options);
}

type Answer = RefinedResponse<'text' | 'none'>;

function ask(method: string, path: string, body: string | null, options: Params): Answer {
  return http.request(method, origin + path, body, options) as Answer;
}

const made = { read: new Map<string, Params>(), unread: new Map<string, Params>() };

/** What asks for nothing of its own is told the same each time, and k6 is spared making it. */
function plain(name: string, unread = false): Params {
  const own = unread ? made.unread : made.read;
  const known = own.get(name);
  if (known) return known;
  const options: Params = { redirects: 0, timeout, headers: access, tags: { name } };
  if (unread) options.responseType = 'none';
  own.set(name, options);
  return options;
}

/** Follows redirects: by GET, but for those that say to ask the same again. */
function land(
  first: Answer,
  method: string,
  path: string,
  name: string,
  body: string | null,
  options: Params,
): Page {
  const unsent = first.status === 0 && neverLeft(first.error_code);
  let answer = first;
  let at = path;
  let steps = 0;
  for (; answer.status >= 300 && answer.status < 400; steps++) {
    const location = answer.headers.Location;
    if (!location) break;
    if (steps === mostRedirects) throw new Error(`${name}: more than ${mostRedirects} redirects`);
    at = resolve(location, at, name);
    const again = answer.status === 307 || answer.status === 308;
    answer = again ? ask(method, at, body, options) : ask('GET', at, null, plain(`${name} (redirection)`));
  }
  let text: string | undefined;
  return {
    path: bare(at),
    status: answer.status,
    error: answer.error,
    redirected: steps > 0,
    unsent,
    html: () => {
      text ??= String(answer.body ?? '');
      return text;
    },
    firstMs: () => first.timings.duration,
  };
}

/** The code that a door elsewhere tells the visitor whose cookies it is shown. Throws for an origin that is not allowed. */
export function askElsewhere(url: string, headers: Record<string, string>): string {
  allowedOrigin(url, __ENV.GUICHET_I_MAY);
  const cookies = Object.entries(http.cookieJar().cookiesForURL(`${origin}/`));
  const cookie = cookies.map(([name, [value]]) => `${name}=${value}`).join('; ');
  return String(
    http.get(url, { redirects: 0, timeout, headers: { ...headers, cookie }, tags: { name: 'code' } }).body,
  );
}

/** Makes the next visit a newcomer's. */
export function forgetCookies(): void {
  http.cookieJar().clear(`${origin}/`);
}

/** k6's codes of a name that is not found and of a connection that is not made: the target has seen nothing. */
function neverLeft(code: number): boolean {
  return (code >= 1100 && code < 1200) || (code >= 1210 && code < 1220);
}

/** A path without its query. Not by a pattern, which k6 takes long for. */
function bare(path: string): string {
  const [query, mark] = [path.indexOf('?'), path.indexOf('#')];
  const end = query < 0 || (mark >= 0 && mark < query) ? mark : query;
  return end < 0 ? path : path.slice(0, end);
}

/** The path that a Location leads to. Throws for another origin: traffic never leaves the one that was allowed. */
function resolve(location: string, from: string, name: string): string {
  if (location.startsWith(`${origin}/`)) return location.slice(origin.length);
  if (location[0] === '/' && location[1] !== '/' && location[1] !== '\\') return location;
  if (/^[\w.-]+(?:[/?#]|$)/.test(location)) return bare(from).replace(/[^/]*$/, '') + location;
  throw new Error(`${name}: redirected to "${location}", which is not followed`);
}
