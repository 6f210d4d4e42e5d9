import type { Behaviour } from '../behaviour.ts';
import type { Site } from '../sites.ts';
import { changed, type Fault } from './fault.ts';

/** The old password goes on opening a site. */
function oldStillOpens(name: string, shown: Site): Fault {
  return {
    name: `old-password-still-opens-${name}`,
    breaks: ['ACCT-10'],
    apply: (behaviour) => changed(behaviour, 'account', { formerOpens: (site) => site === shown }),
  };
}

/** The new password does not reach a site. */
function newDoesNotOpen(name: string, shut: Site): Fault {
  return {
    name: `new-password-does-not-open-${name}`,
    breaks: ['ACCT-10'],
    apply: (behaviour) =>
      changed(behaviour, 'account', {
        currentOpens: (site, changedOn) => changedOn === null || site !== shut,
      }),
  };
}

/** A change made on one of these sites goes for that site alone. */
function staysWhere(behaviour: Behaviour, local: (changedOn: Site) => boolean): Behaviour {
  const reaches = (site: Site, changedOn: Site | null) =>
    changedOn === null || site === changedOn || !local(changedOn);
  return changed(behaviour, 'account', {
    currentOpens: reaches,
    formerOpens: (site, changedOn) => !reaches(site, changedOn),
  });
}

/** Faults of the password that all sites share, of its recovery, and of later notifications. */
export const passwordFaults: readonly Fault[] = [
  oldStillOpens('activite-partielle', 'Activité Partielle'),
  oldStillOpens('sylae', 'SYLAé'),
  oldStillOpens('apea', 'APEA'),
  newDoesNotOpen('activite-partielle', 'Activité Partielle'),
  newDoesNotOpen('sylae', 'SYLAé'),
  newDoesNotOpen('apea', 'APEA'),
  {
    name: 'password-change-local',
    breaks: ['ACCT-10'],
    apply: (behaviour) => staysWhere(behaviour, () => true),
  },
  {
    name: 'password-change-on-siblings-local',
    breaks: ['ACCT-10'],
    apply: (behaviour) => staysWhere(behaviour, (changedOn) => changedOn !== 'Activité Partielle'),
  },
  {
    name: 'forgotten-password-tells-unknown-user',
    breaks: ['LOGIN-09'],
    apply: (behaviour) => {
      const { motDePasse } = behaviour.recovery;
      const told = { ...motDePasse, unknown: 'Cet identifiant n’existe pas.' };
      return changed(behaviour, 'recovery', { motDePasse: told });
    },
  },
  {
    name: 'forgotten-identifier-tells-unknown-user',
    breaks: ['LOGIN-09'],
    apply: (behaviour) => {
      const { identifiant } = behaviour.recovery;
      const told = { ...identifiant, unknown: 'Aucun compte n’a cette adresse.' };
      return changed(behaviour, 'recovery', { identifiant: told });
    },
  },
  {
    name: 'notification-to-establishment',
    breaks: ['MAIL-10', 'MAIL-11', 'MAIL-12'],
    apply: (behaviour) => changed(behaviour, 'mails', { notified: ({ courriel }) => courriel }),
  },
];
