// Finds out where things are on a target, and judges nothing: what `guichet target` plays.
import { registerLook } from '../fixtures/look/look.ts';

registerLook();
