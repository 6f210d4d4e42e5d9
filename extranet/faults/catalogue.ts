import type { Fault } from './fault.ts';

/** All faults. */
export const faults: readonly Fault[] = [];
