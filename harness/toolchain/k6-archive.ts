import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { GuichetError } from '../errors.ts';

/**
 * Packs a k6 script, what it imports, what it opens, and these variables into an archive that k6 runs anywhere. No other
 * variable of this process gets in. Throws `GUICHET_HARNESS` with what k6 says.
 */
export async function archiveK6(options: {
  /** Path of the binary. */
  k6: string;
  script: string;
  env: Readonly<Record<string, string>>;
  /** Path of the archive. */
  to: string;
  signal: AbortSignal;
}): Promise<void> {
  const { k6, script, env, to, signal } = options;
  const inherited = Object.entries(process.env).filter(([name]) => !name.startsWith('K6_'));
  const given = Object.entries(env).flatMap(([name, value]) => ['-e', `${name}=${value}`]);
  try {
    await promisify(execFile)(k6, ['archive', '--quiet', '--no-color', ...given, '-O', to, script], {
      signal,
      env: {
        ...Object.fromEntries(inherited),
        K6_NO_USAGE_REPORT: 'true',
        K6_AUTO_EXTENSION_RESOLUTION: 'false',
      },
    });
  } catch (error) {
    const { stderr, message } = error as Error & { stderr?: string };
    throw new GuichetError('GUICHET_HARNESS', `k6 packs no archive (${stderr?.trim() || message}).`);
  }
}
