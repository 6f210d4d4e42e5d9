import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { type LedgerRow, openLedger } from '../ledger/ledger.ts';
import { ledgerName } from '../ledger/records.ts';
import { writeWhole } from '../whole-file.ts';

/**
 * Writes `purge.csv` into a campaign's folder: the demandes that the target has taken, or may have taken, for whoever must
 * remove them from it (SIRET, e-mail, instant, state); `isDemande` leaves out who sent none. Answers the SIRETs.
 */
export function writePurgeList(
  folder: string,
  isDemande: (row: LedgerRow) => boolean = () => true,
): string[] {
  if (!existsSync(join(folder, ledgerName))) return [];
  const ledger = openLedger(join(folder, ledgerName));
  try {
    const left = ledger
      .rows()
      .filter((row) => row.state !== 'refused' && row.state !== 'dropped' && isDemande(row));
    const lines = left.map(({ siret, courriel, planned, answered, state }) =>
      [siret, courriel, (answered ?? planned).toISOString(), state].join(','),
    );
    writeWhole(join(folder, 'purge.csv'), `${['siret,courriel,instant,state', ...lines].join('\n')}\n`);
    return left.map(({ siret }) => siret);
  } finally {
    ledger.close();
  }
}
