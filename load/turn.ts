import http from 'k6/http';
import { allowedOrigin } from './guard.ts';

/** TURN_URL: the gate of `guichet load`, on loopback always; visits go at once without it. */
const gate = __ENV.TURN_URL;
if (gate) allowedOrigin(gate, undefined);

/** A virtual clock may stand while the target works, and who comes first waits; longer, and whoever drives it is gone. */
const timeout = '600s';

/** Waits until the clock of the target has come to this visit. Throws when nobody gives it its turn: nothing is sent then. */
export function awaitTurn(id: string): void {
  if (!gate) return;
  const answer = http.get(gate + encodeURIComponent(id), { redirects: 0, timeout, tags: { name: 'turn' } });
  if (answer.status !== 204)
    throw new Error(`GUICHET_LOAD_STOPPED: no turn (${answer.status || answer.error})`);
}
