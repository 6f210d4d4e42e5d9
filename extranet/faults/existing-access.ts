import type { Fault } from './fault.ts';
import { mailsOfExisting } from './probe.ts';
import { fault } from './rule-change.ts';

const mails = mailsOfExisting(48);

/** Faults of an establishment that already has an access to another site. */
export const existingAccessFaults: readonly Fault[] = [
  fault(
    'existing-access-gets-three-mails',
    ['ACCT-01', 'ACCT-02', 'ACCT-04', 'ACCT-05'],
    mails,
    ({ backOffice }) => ({ backOffice: { existingAccess: backOffice.firstAccess } }),
  ),
  fault('existing-access-gets-identifier', ['ACCT-01'], mails, {
    backOffice: { existingAccess: ['validation', 'identifiant', 'habilitation'] },
  }),
  fault('existing-access-gets-new-password', ['ACCT-02', 'ACCT-04', 'ACCT-05'], mails, {
    backOffice: { existingAccess: ['validation', 'motDePasse', 'habilitation'] },
  }),
  fault('existing-access-never-habilitated', ['ACCT-03', 'ACCT-04', 'ACCT-05'], mails, {
    backOffice: { existingAccess: ['validation'] },
  }),
  fault('existing-access-not-recognised', ['ACCT-01', 'ACCT-02', 'ACCT-04', 'ACCT-05'], mails, {
    backOffice: { accessKeys: [] },
  }),
];
