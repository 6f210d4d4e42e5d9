import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { type Behaviour, procedure } from '../../extranet/behaviour.ts';
import { manualClock, realClock, scaledClock } from '../../extranet/clock.ts';
import { faults } from '../../extranet/faults/catalogue.ts';
import { startExtranet } from '../../extranet/server.ts';
import { legacy } from '../../extranet/skins/legacy.ts';
import type { Skin } from '../../extranet/skins/skin.ts';
import { GuichetError } from '../errors.ts';
import { startCatcher } from '../mail/catcher.ts';
import { parseProfile, type TargetProfile } from './profile.ts';
import { watched } from './rules.ts';

/** The fixed ports of `guichet serve`; its profile `embedded.json` names them too. */
export const servePorts = { extranet: 8120, smtp: 8125, mail: 8126 } as const;

/** A running extranet with its catcher, and the profile through which alone it is used. */
export type Embedded = {
  profile: TargetProfile;
  /** The secrets that the profile names, as environment variables. */
  environment: Record<string, string>;
  smtpPort: number;
  close(): Promise<void>;
};

type Options = {
  /** Free ports when absent. */
  ports?: typeof servePorts;
  /** Opens the test doors; random when absent. */
  token?: string;
  /** Name of a fault of `extranet/faults/` to break it with. */
  fault?: string;
  /** Name of another look of it; the plain one when absent. */
  skin?: string;
  /** Advanced by hand when absent; else this many times as fast as real time. */
  speed?: number;
  /** Told each rule of the behaviour when the extranet reads it, by its path. */
  onRule?: (path: string) => void;
};

/** The looks of the extranet besides the plain one; each has a profile of its name in this folder. */
const skins: Readonly<Record<string, Skin>> = { legacy };
export const skinNames: readonly string[] = Object.keys(skins);

/**
 * The profile of the embedded extranet in that skin, at the addresses of `guichet serve` or at those given. Throws
 * `GUICHET_USAGE` for an unknown skin.
 */
export function embeddedProfile({
  skin,
  extranet,
  mail,
}: {
  skin?: string | undefined;
  extranet?: string;
  mail?: string;
} = {}): TargetProfile {
  skinOf(skin);
  const atServe = (port: number) => `http://127.0.0.1:${port}`;
  const name = `${skin ?? 'embedded'}.json`;
  const file = readFileSync(new URL(name, import.meta.url), 'utf8')
    .replaceAll(atServe(servePorts.extranet), extranet ?? atServe(servePorts.extranet))
    .replaceAll(atServe(servePorts.mail), mail ?? atServe(servePorts.mail));
  return parseProfile(JSON.parse(file), name);
}

/** A Tuesday morning: nothing about the procedure depends on it, and a replay sees the same dates. */
const opening = new Date('2026-03-03T09:00:00+01:00');

/** Starts the extranet and a catcher on loopback, its clock advanced by hand. */
export async function startEmbedded(options: Options = {}): Promise<Embedded> {
  const skin = skinOf(options.skin);
  const token = options.token ?? randomBytes(16).toString('hex');
  const rules = behaviourWith(options.fault);
  const behaviour = options.onRule ? watched(rules, options.onRule) : rules;
  const catcher = await startCatcher(
    options.ports ? { smtpPort: options.ports.smtp, httpPort: options.ports.mail } : {},
  );
  try {
    const extranet = await startExtranet({
      database: ':memory:',
      smtp: catcher.smtp,
      clock: clockOf(options.speed),
      testToken: token,
      ...(options.ports ? { port: options.ports.extranet } : {}),
      behaviour,
      ...(skin ? { skin } : {}),
    });
    return {
      profile: embeddedProfile({ skin: options.skin, extranet: extranet.url, mail: catcher.url }),
      environment: { GUICHET_TEST_TOKEN: token },
      smtpPort: catcher.smtp.port,
      close: async () => {
        await extranet.close();
        await catcher.close();
      },
    };
  } catch (error) {
    await catcher.close();
    throw error;
  }
}

function clockOf(speed: number | undefined): ReturnType<typeof manualClock> {
  if (speed === undefined) return manualClock(opening);
  return speed === 1 ? realClock() : scaledClock(opening, speed);
}

/** The procedure's behaviour, broken by the fault of that name. Throws `GUICHET_USAGE` for an unknown one. */
function behaviourWith(name: string | undefined): Behaviour {
  if (!name) return procedure;
  const fault = faults.find((each) => each.name === name);
  if (!fault)
    throw new GuichetError('GUICHET_USAGE', `Unknown fault "${name}".`, `Known: ${faultNames.join(', ')}.`);
  return fault.apply(procedure);
}

/** The skin of that name; the plain look has none. Throws `GUICHET_USAGE` for an unknown one. */
function skinOf(name: string | undefined): Skin | undefined {
  if (!name) return undefined;
  const skin = Object.hasOwn(skins, name) ? skins[name] : undefined;
  if (!skin)
    throw new GuichetError('GUICHET_USAGE', `Unknown skin "${name}".`, `Known: ${skinNames.join(', ')}.`);
  return skin;
}

/** The requirements that the extranet fails in that skin, sound as it is. */
export function brokenBySkin(skin: string | undefined): readonly string[] {
  return skinOf(skin)?.breaks ?? [];
}

/** The names of all faults, for flags and their completion. */
export const faultNames: readonly string[] = faults.map(({ name }) => name);
