import { GuichetError } from '../errors.ts';
import type { TargetProfile } from '../target/profile.ts';

/** Set, browsers have a window: a person types the security code in it. */
export const windowVariable = 'GUICHET_HEADED';

export function hasWindow(environment: NodeJS.ProcessEnv = process.env): boolean {
  return Boolean(environment[windowVariable]);
}

/**
 * Opens a window for every browser from here on where the profile's `captcha` is `manual`. Throws `GUICHET_NO_DISPLAY`
 * where this machine cannot show one.
 */
export function takeWindow(
  { captcha }: Pick<TargetProfile, 'captcha'>,
  environment: NodeJS.ProcessEnv = process.env,
): void {
  if (captcha.kind !== 'manual') return;
  const hasDisplay = process.platform !== 'linux' || environment.DISPLAY || environment.WAYLAND_DISPLAY;
  if (!hasDisplay)
    throw new GuichetError(
      'GUICHET_NO_DISPLAY',
      'captcha.kind of the profile is "manual", and this machine has no display (DISPLAY is empty).',
    );
  environment[windowVariable] = '1';
}
