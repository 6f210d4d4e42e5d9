import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { availableSirets } from '../../fixtures/siret.ts';
import { counted } from '../../reports/wording.ts';
import { type Campaign, playCampaign } from '../campaign/campaign.ts';
import { exitCode, GuichetError } from '../errors.ts';
import { type Ledger, openLedger } from '../ledger/ledger.ts';
import { ledgerName, openSirets } from '../ledger/records.ts';

/**
 * Plays a selection on the embedded extranet in place of the target and says how many SIRETs it used up, and how many the
 * target's profile has left. Answers the exit code: 3 when they do not suffice.
 */
export async function dryRun(
  subject: Omit<Campaign, 'folder' | 'startedAt'>,
  signal: AbortSignal,
): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), 'guichet-dry-run-'));
  try {
    const { target: file, ...order } = subject.order;
    const campaign = { ...subject, order, folder, startedAt: new Date().toISOString() };
    const { failure } = await playCampaign(campaign, subject.selection.files, signal);
    const ledger = openLedger(join(folder, ledgerName));
    const rows = ledger.rows();
    const needed = rows.length + mostUnsent(ledger);
    ledger.close();
    if (signal.aborted) {
      process.stdout.write('Interrompu : la cible n’a rien reçu.\n');
      return exitCode.inconclusive;
    }
    if (failure !== undefined)
      throw new GuichetError('GUICHET_HARNESS', `The dry run did not come to its end: ${failure}.`);
    const accepted = rows.filter(({ state }) => state === 'accepted').length;
    const sent = counted(rows.length, ['demande serait envoyée', 'demandes seraient envoyées']);
    const taken = counted(accepted, ['acceptée', 'acceptées']);
    process.stdout.write(`\n${sent}, ${taken} par une cible conforme ; il faut ${needed} SIRET.\n`);
    const store = file
      ? openSirets(subject.profile, availableSirets(subject.profile.sirets), { file })
      : undefined;
    if (!store) {
      process.stdout.write('La cible accepte des SIRET inventés : il n’en manquera pas.\n');
      return exitCode.conform;
    }
    const { free, all } = store.count();
    store.close();
    const { maxSubmissions } = subject.profile;
    const capped = maxSubmissions !== undefined && maxSubmissions < rows.length;
    process.stdout.write(`${free} SIRET libres sur les ${all} du profil.\n`);
    if (capped) process.stdout.write(`maxSubmissions n’en permet que ${maxSubmissions}.\n`);
    return free < needed || capped ? exitCode.inconclusive : exitCode.conform;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The most SIRETs that one scenario draws without sending them: they serve the next one, but must be there. */
function mostUnsent(ledger: Ledger): number {
  const sent = new Set(ledger.rows().map(({ siret }) => siret));
  const unsent = ledger.memos().filter(({ value }) => /^\d{14}$/.test(value) && !sent.has(value));
  const perScenario = Map.groupBy(unsent, ({ key }) => key.slice(0, key.lastIndexOf('/')));
  return Math.max(0, ...[...perScenario.values()].map(({ length }) => length));
}
