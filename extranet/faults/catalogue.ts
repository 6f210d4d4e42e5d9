import { courrielFaults } from './courriel.ts';
import type { Fault } from './fault.ts';
import { formFaults } from './form.ts';
import { homeFaults } from './home.ts';
import { mailFaults } from './mail.ts';
import { passwordFaults } from './password.ts';
import { siretFaults } from './siret.ts';

/** All faults, in the order of the procedure. */
export const faults: readonly Fault[] = [
  ...homeFaults,
  ...siretFaults,
  ...formFaults,
  ...courrielFaults,
  ...mailFaults,
  ...passwordFaults,
];
