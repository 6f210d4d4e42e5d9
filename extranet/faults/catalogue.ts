import { courrielFaults } from './courriel.ts';
import type { Fault } from './fault.ts';
import { formAccessibilityFaults } from './form-accessibility.ts';
import { homeFaults } from './home.ts';
import { labelFaults } from './labels.ts';
import { mailFaults } from './mail.ts';
import { mandatoryFaults } from './mandatory.ts';
import { passwordFaults } from './password.ts';
import { robustnessFaults } from './robustness.ts';
import { sendingFaults } from './sending.ts';
import { siretFaults } from './siret.ts';
import { valueFaults } from './values.ts';

/** All faults, in the order of the procedure. */
export const faults: readonly Fault[] = [
  ...homeFaults,
  ...siretFaults,
  ...labelFaults,
  ...mandatoryFaults,
  ...valueFaults,
  ...courrielFaults,
  ...sendingFaults,
  ...robustnessFaults,
  ...formAccessibilityFaults,
  ...mailFaults,
  ...passwordFaults,
];
