import { courrielFaults } from './courriel.ts';
import { existingAccessFaults } from './existing-access.ts';
import type { Fault } from './fault.ts';
import { formFaults } from './form.ts';
import { frameFaults } from './frame.ts';
import { homeFaults } from './home.ts';
import { mailFaults } from './mail.ts';
import { passwordFaults } from './password.ts';
import { recipientFaults } from './recipient.ts';
import { securityCodeFaults } from './security-code.ts';
import { signInFaults } from './sign-in.ts';
import { siretFaults } from './siret.ts';
import { supportFaults } from './support.ts';

/** All faults, in the order of the procedure. */
export const faults: readonly Fault[] = [
  ...homeFaults,
  ...signInFaults,
  ...siretFaults,
  ...securityCodeFaults,
  ...formFaults,
  ...courrielFaults,
  ...mailFaults,
  ...recipientFaults,
  ...supportFaults,
  ...existingAccessFaults,
  ...passwordFaults,
  ...frameFaults,
];
