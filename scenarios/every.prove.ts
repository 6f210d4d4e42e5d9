// All scenarios, in the order and under the faults that a plan names: what `guichet prove` plays.
import { collectFrom, registerPlan } from '../fixtures/collection.ts';

await collectFrom(import.meta.dirname, (file) => import(`./${file}`));
registerPlan();
