import type { Site } from '../sites.ts';
import { passwordChanged, signIn } from './account-probe.ts';
import type { Fault } from './fault.ts';
import { fault } from './rule-change.ts';

type Shown = 'Activité Partielle' | 'SYLAé' | 'APEA';

/** A site other than that, on which the password is changed. */
const elsewhere = (site: Shown): Shown => (site === 'SYLAé' ? 'Activité Partielle' : 'SYLAé');

/** The old password goes on opening a site. */
function oldStillOpens(name: string, opens: Shown): Fault {
  const probe = passwordChanged(elsewhere(opens), { opens, by: 'former' });
  return fault(`old-password-still-opens-${name}`, ['ACCT-10'], probe, {
    account: { formerOpens: (site) => site === opens },
  });
}

/** The new password does not reach a site. */
function newDoesNotOpen(name: string, opens: Shown): Fault {
  const probe = passwordChanged(elsewhere(opens), { opens, by: 'new' });
  return fault(`new-password-does-not-open-${name}`, ['ACCT-10'], probe, {
    account: { currentOpens: (site, changedOn) => changedOn === null || site !== opens },
  });
}

/** A change made on one of these sites goes for that site alone. */
function staysWhere(name: string, on: Shown, local: (changedOn: Site) => boolean): Fault {
  const reaches = (site: Site, changedOn: Site | null) =>
    changedOn === null || site === changedOn || !local(changedOn);
  return fault(name, ['ACCT-10'], passwordChanged(on, { opens: 'APEA', by: 'new' }), {
    account: { currentOpens: reaches, formerOpens: (site, changedOn) => !reaches(site, changedOn) },
  });
}

/** Faults of the password that all sites share. */
export const passwordFaults: readonly Fault[] = [
  oldStillOpens('activite-partielle', 'Activité Partielle'),
  oldStillOpens('sylae', 'SYLAé'),
  oldStillOpens('apea', 'APEA'),
  newDoesNotOpen('activite-partielle', 'Activité Partielle'),
  newDoesNotOpen('sylae', 'SYLAé'),
  newDoesNotOpen('apea', 'APEA'),
  staysWhere('password-change-local', 'Activité Partielle', () => true),
  staysWhere('password-change-on-siblings-local', 'SYLAé', (on) => on !== 'Activité Partielle'),
  fault('own-password-refused-until-changed', ['ACCT-05', 'ACCT-04'], signIn(), {
    account: {
      currentOpens: (site, changedOn, temporary) =>
        temporary || changedOn !== null || site !== 'Activité Partielle',
    },
  }),
];
