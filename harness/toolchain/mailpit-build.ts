import { type Found, findPinned, type Place } from './pinned-build.ts';

const program = 'github.com/axllent/mailpit';

/**
 * The Mailpit of the tests: the one that MAILPIT_BIN names, the cached one, else a build of the pinned version.
 * Only tests and benches need it; a target's own Mailpit runs elsewhere.
 */
export async function findMailpit(place: Place): Promise<Found> {
  const ldflags = (version: string) => `-s -w -X ${program}/config.Version=v${version}`;
  const mailpit = { name: 'Mailpit', pinned: program, program, variable: 'MAILPIT_BIN', ldflags };
  return await findPinned(mailpit, place);
}
