import { accessibilityFaults } from './accessibility.ts';
import { courrielFaults } from './courriel.ts';
import { existingAccessFaults } from './existing-access.ts';
import type { Fault } from './fault.ts';
import { formAccessibilityFaults } from './form-accessibility.ts';
import { homeFaults } from './home.ts';
import { labelFaults } from './labels.ts';
import { mailFaults } from './mail.ts';
import { mandatoryFaults } from './mandatory.ts';
import { passwordFaults } from './password.ts';
import { recipientFaults } from './recipient.ts';
import { robustnessFaults } from './robustness.ts';
import { securityCodeFaults } from './security-code.ts';
import { sendingFaults } from './sending.ts';
import { signInFaults } from './sign-in.ts';
import { siretFaults } from './siret.ts';
import { supportFaults } from './support.ts';
import { valueFaults } from './values.ts';

/** All faults, in the order of the procedure. */
export const faults: readonly Fault[] = [
  ...homeFaults,
  ...signInFaults,
  ...siretFaults,
  ...securityCodeFaults,
  ...labelFaults,
  ...mandatoryFaults,
  ...valueFaults,
  ...courrielFaults,
  ...sendingFaults,
  ...robustnessFaults,
  ...formAccessibilityFaults,
  ...mailFaults,
  ...recipientFaults,
  ...supportFaults,
  ...existingAccessFaults,
  ...passwordFaults,
  ...accessibilityFaults,
];
