import { answerMs } from './http-request.ts';

/** What speaks MailHog's API, or Mailpit's, at a base URL; undefined when neither answers there. */
export async function httpKindOf(url: string): Promise<'mailhog' | 'mailpit' | undefined> {
  const base = url.replace(/\/+$/, '');
  if (hasKeys(await read(`${base}/api/v2/messages?limit=1`), ['total', 'items'])) return 'mailhog';
  if (hasKeys(await read(`${base}/api/v1/messages?limit=1`), ['total', 'messages'])) return 'mailpit';
  return undefined;
}

async function read(url: string): Promise<unknown> {
  try {
    return await (await fetch(url, { signal: AbortSignal.timeout(answerMs), redirect: 'error' })).json();
  } catch {
    return undefined;
  }
}

function hasKeys(value: unknown, keys: string[]): boolean {
  return typeof value === 'object' && value !== null && keys.every((key) => key in value);
}
