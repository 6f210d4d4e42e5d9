import { reason, unreachable } from './unreachable.ts';

/** A mailbox that has not answered by then, in milliseconds, is as good as gone. */
export const answerMs = 30_000;

/** GETs a URL of a mailbox. Throws `GUICHET_MAILBOX_UNREACHABLE` unless it is answered with 2xx. */
export async function request(url: string, signal: AbortSignal): Promise<Response> {
  let answer: Response;
  try {
    // The interlock has seen this address and no other.
    answer = await fetch(url, { signal, redirect: 'error' });
  } catch (error) {
    throw unreachable(`GET ${url} failed (${reason(error)})`);
  }
  if (answer.ok) return answer;
  const said = (await answer.text().catch(() => '')).trim().slice(0, 80);
  throw unreachable(`GET ${url} answered ${answer.status}${said ? ` "${said}"` : ''}`);
}
