import { type Found, findPinned, type Place } from './pinned-build.ts';

/** The actionlint that the templates of docs/ci are held to: the one that ACTIONLINT_BIN names, cached, or built. */
export async function findActionlint(place: Place): Promise<Found> {
  const pinned = 'github.com/rhysd/actionlint';
  const actionlint = {
    ...{ name: 'actionlint', pinned, program: `${pinned}/cmd/actionlint`, variable: 'ACTIONLINT_BIN' },
    ldflags: () => '-s -w',
  };
  return await findPinned(actionlint, place);
}
