import { GuichetError } from '../errors.ts';
import { endedByItself } from '../judge/load-outcomes.ts';
import type { K6End } from '../toolchain/k6-run.ts';

/** A load that ends before all is sent, and can be gone on with. */
export function stopped(what: string): GuichetError {
  return new GuichetError('GUICHET_LOAD_STOPPED', `${what}.`, 'Go on with "npx guichet load --resume".');
}

/** The one that Ctrl+C or q asks for. */
export function stoppedByOperator(): GuichetError {
  return stopped('The operator has stopped it');
}

/** Throws `GUICHET_LOAD_STOPPED` unless k6, whose log lies in that folder, came to its own end. */
export function assertEnded(end: K6End, folder: string): void {
  if (!endedByItself(end)) throw stopped(`k6 ended with ${end.exitCode ?? end.signal}, see ${folder}/k6.log`);
}
