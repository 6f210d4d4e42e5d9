import { appendFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Run } from '../../fixtures/stages.ts';
import { type Persona, personaOf, type WireMap } from '../../fixtures/wire-map.ts';
import { type OutcomeLine, parseOutcome, recordOutcome } from '../judge/load-outcomes.ts';
import type { Ledger } from '../ledger/ledger.ts';
import { k6Access } from '../toolchain/k6-access.ts';
import type { K6End } from '../toolchain/k6-run.ts';
import { handOver } from './hand-over.ts';
import type { Visit } from './plan.ts';
import { partName, runShared, type Share } from './share.ts';
import type { Stage } from './stage.ts';

const script = fileURLToPath(new URL('../../load/journey.ts', import.meta.url));

/** Encodes what the visitors will post. */
export function personasOf(wire: WireMap, visits: readonly Visit[]): Persona[] {
  return visits.map(({ id, demande, leaves, mistakes, retries }) =>
    personaOf(wire, {
      ...{ id, demande },
      ...(leaves ? { leaves } : {}),
      ...(mistakes ? { mistakes } : {}),
      ...(retries ? { retries } : {}),
    }),
  );
}

type Generation = {
  k6: string;
  share: Share;
  run: Run;
  visits: readonly Visit[];
  stage: Pick<Stage, 'profile' | 'environment'>;
  turnUrl: string;
  /** Where its log, its summary and the files of its outputs stay. */
  folder: string;
  /** Takes each outcome as it comes. */
  ledger: Ledger;
  /** Told each outcome that the ledger has. */
  onOutcome: (outcome: OutcomeLine) => void;
  /** Told what either of them throws. */
  onFailure: (error: unknown) => void;
  signal: AbortSignal;
};

/**
 * Runs k6 over the visits; each waits for its turn. The plan holds secret answers: it lies among no reports, and is gone
 * after the run. Outcomes are written down and told as they come.
 */
export async function generate(generation: Generation): Promise<K6End> {
  const { k6, share, run, visits, stage, turnUrl, folder, ledger, onOutcome, onFailure, signal } = generation;
  const take = (outcome: OutcomeLine) => {
    try {
      recordOutcome(ledger, outcome);
      onOutcome(outcome);
    } catch (error) {
      onFailure(error);
    }
  };
  const scratch = mkdtempSync(join(tmpdir(), 'guichet-load-'));
  try {
    return await runShared(
      {
        ...{ k6, script, signal, folder },
        argsOf: (part) => [
          ...['--log-output=stderr', '--log-format=raw'],
          `--summary-export=${join(folder, partName('k6-summary.json', part, share))}`,
        ],
        env: {
          ...k6Access(stage.profile, stage.environment),
          ...handOver(scratch, run, personasOf(run.wire, visits)),
          BASE_URL: stage.profile.baseUrl,
          TEST_TOKEN: stage.environment.GUICHET_TEST_TOKEN ?? '',
          TURN_URL: turnUrl,
          OUTCOMES: '1',
        },
        onLine: (line) => {
          const outcome = parseOutcome(line);
          if (outcome) take(outcome);
          else if (line.trim() && !signal.aborted) appendFileSync(join(folder, 'k6.log'), `${line}\n`);
        },
      },
      share,
    );
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}
