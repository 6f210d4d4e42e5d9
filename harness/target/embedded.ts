import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Behaviour, procedure } from '../../extranet/behaviour.ts';
import { manualClock, realClock, scaledClock } from '../../extranet/clock.ts';
import { coupled, couplingNames } from '../../extranet/coupling.ts';
import { faults } from '../../extranet/faults/catalogue.ts';
import { startExtranet } from '../../extranet/server.ts';
import { legacy } from '../../extranet/skins/legacy.ts';
import type { Skin } from '../../extranet/skins/skin.ts';
import { GuichetError } from '../errors.ts';
import { startCatcher } from '../mail/catcher.ts';
import { networkFaults } from '../network/catalogue.ts';
import { startGateway } from '../network/gateway.ts';
import { startRelay } from '../network/relay.ts';
import { parseProfile, type TargetProfile } from './profile.ts';
import { watched } from './rules.ts';

/** The fixed ports of `guichet serve`; its profile `embedded.json` names them too. */
export const servePorts = { extranet: 8120, smtp: 8125, mail: 8126 } as const;

/** A running extranet with its catcher, and the profile through which alone it is used. */
export type Embedded = {
  profile: TargetProfile;
  /** The secrets that the profile names, as environment variables. */
  environment: Record<string, string>;
  /** Where the extranet hands its mails over. */
  smtpPort: number;
  /** Where its mails are read, by people too. */
  mailUrl: string;
  close(): Promise<void>;
};

type Options = {
  /** Free ports when absent. */
  ports?: typeof servePorts;
  /** Opens the test doors; random when absent. */
  token?: string;
  /** Name of a fault of `extranet/faults/` to break it with, or of `harness/network/` to break what lies around it. */
  fault?: string;
  /** Name of another look of it; the plain one when absent. */
  skin?: string;
  /** Advanced by hand when absent; else this many times as fast as real time. */
  speed?: number;
  /** Decides what is left to chance under a fault of the network; 0 when absent. */
  seed?: number;
  /** What busy pages do to the back office: a name of `couplingNames`; nothing when absent. */
  coupling?: string;
  /** How many agents the back office has; those of the procedure when absent. */
  agents?: number;
  /** A folder that keeps its store and its mails, so that it goes on after a kill; in memory when absent. */
  folder?: string;
  /** Where its clock stands when it starts; a Tuesday morning when absent. */
  start?: Date;
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
  smtp,
}: {
  skin?: string | undefined;
  extranet?: string;
  mail?: string;
  smtp?: string;
} = {}): TargetProfile {
  skinOf(skin);
  const atServe = (port: number, protocol = 'http') => `${protocol}://127.0.0.1:${port}`;
  const name = `${skin ?? 'embedded'}.json`;
  const file = readFileSync(new URL(name, import.meta.url), 'utf8')
    .replaceAll(atServe(servePorts.extranet), extranet ?? atServe(servePorts.extranet))
    .replaceAll(atServe(servePorts.mail), mail ?? atServe(servePorts.mail))
    .replaceAll(atServe(servePorts.smtp, 'smtp'), smtp ?? atServe(servePorts.smtp, 'smtp'));
  return parseProfile(JSON.parse(file), name);
}

/** A Tuesday morning: nothing about the procedure depends on it, and a replay sees the same dates. */
const opening = new Date('2026-03-03T09:00:00+01:00');

/** Starts the extranet and a catcher on loopback, its clock advanced by hand. */
export async function startEmbedded(options: Options = {}): Promise<Embedded> {
  const { ports, seed = 0, token = randomBytes(16).toString('hex') } = options;
  const skin = skinOf(options.skin);
  const network = networkFaults.find(({ name }) => name === options.fault);
  const rules = staffed(behaviourWith(network ? undefined : options.fault), options);
  const behaviour = options.onRule ? watched(rules, options.onRule) : rules;
  const clock = clockOf(options.speed, options.start);
  await using started = new AsyncDisposableStack();

  // Where something stands in between, that has the known port.
  const smtpPort = network?.at === 'relay' ? undefined : ports?.smtp;
  const catcher = await startCatcher({
    ...(smtpPort ? { smtpPort } : {}),
    ...(ports ? { httpPort: ports.mail } : {}),
    ...(options.folder ? { database: join(options.folder, 'mails.sqlite') } : {}),
    forgets: network?.at === 'catcher',
  });
  started.defer(() => catcher.close());
  const { smtp, close: closeRelay } =
    network?.at === 'relay'
      ? await startRelay(network.fault, {
          ...{ to: catcher.smtp, time: clock, seed },
          ...(ports ? { port: ports.smtp } : {}),
        })
      : { ...catcher, close: () => {} };
  started.defer(closeRelay);
  const extranetPort = network?.at === 'gateway' ? undefined : ports?.extranet;
  const extranet = await startExtranet({
    ...{
      database: options.folder ? join(options.folder, 'extranet.sqlite') : ':memory:',
      smtp,
      clock,
      testToken: token,
      behaviour,
    },
    ...(extranetPort ? { port: extranetPort } : {}),
    ...(skin ? { skin } : {}),
  });
  started.defer(() => extranet.close());
  const { url, close: closeGateway } =
    network?.at === 'gateway'
      ? await startGateway(network.fault, {
          ...{ to: extranet.url, seed },
          ...(ports ? { port: ports.extranet } : {}),
        })
      : { ...extranet, close: () => {} };
  started.defer(closeGateway);

  const running = started.move();
  return {
    profile: embeddedProfile({
      skin: options.skin,
      extranet: url,
      mail: catcher.url,
      smtp: `smtp://${smtp.host}:${smtp.port}`,
    }),
    environment: { GUICHET_TEST_TOKEN: token },
    smtpPort: smtp.port,
    mailUrl: catcher.url,
    close: () => running.disposeAsync(),
  };
}

/** The behaviour with those agents and that coupling. Throws `GUICHET_USAGE` for an unknown one. */
function staffed(behaviour: Behaviour, { agents, coupling }: Options): Behaviour {
  const { backOffice } = behaviour;
  const manned = agents === undefined ? behaviour : { ...behaviour, backOffice: { ...backOffice, agents } };
  if (coupling === undefined) return manned;
  if (!couplingNames.includes(coupling)) {
    const known = `Known: ${couplingNames.join(', ')}.`;
    throw new GuichetError('GUICHET_USAGE', `Unknown coupling "${coupling}".`, known);
  }
  return coupled(manned, coupling);
}

function clockOf(speed: number | undefined, start = opening): ReturnType<typeof manualClock> {
  if (speed === undefined) return manualClock(start);
  return speed === 1 ? realClock() : scaledClock(start, speed);
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

/** What is particular of the extranet in that skin: the requirements that it fails, sound as it is, and faults without effect. */
export function oddities(skin: string | undefined): Pick<Skin, 'breaks' | 'withoutFaults'> {
  return skinOf(skin) ?? { breaks: [], withoutFaults: [] };
}

export { couplingNames };

/** The names of the faults of the extranet, for flags and their completion. */
export const extranetFaultNames: readonly string[] = faults.map(({ name }) => name);

/** The names of all faults, those of the network included. */
export const faultNames: readonly string[] = [
  ...extranetFaultNames,
  ...networkFaults.map(({ name }) => name),
];
