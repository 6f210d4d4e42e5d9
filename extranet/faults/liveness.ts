import { type Behaviour, procedure } from '../behaviour.ts';
import { startTrial } from '../trial.ts';
import type { Fault } from './fault.ts';
import type { Probe } from './probe.ts';

/** Whether the probe of a fault sees a difference between the sound extranet and the broken one. */
export async function isLive({ apply, probe }: Pick<Fault, 'apply' | 'probe'>): Promise<boolean> {
  const [sound, again, broken] = [
    await observe(probe, procedure),
    await observe(probe, procedure),
    await observe(probe, apply(procedure)),
  ];
  if (sound !== again)
    throw new Error('The probe sees two sound extranets differ: it reads something random.');
  return sound !== broken;
}

async function observe(probe: Probe, behaviour: Behaviour): Promise<string> {
  const trial = await startTrial({ behaviour });
  try {
    return JSON.stringify(await probe(trial)) ?? '';
  } finally {
    await trial.close();
  }
}
