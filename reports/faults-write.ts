import { join } from 'node:path';
import { type FaultsReport, faultsReport } from './faults.ts';
import { faultsPage } from './faults-page.ts';
import { replaceFile } from './write.ts';

/** Writes `faults.json` and `report.html` into the campaign's folder. Throws a `ZodError` before anything is written. */
export async function writeFaultsReport(folder: string, report: FaultsReport): Promise<void> {
  const valid = faultsReport.parse(report);
  await replaceFile(join(folder, 'faults.json'), `${JSON.stringify(valid, null, 2)}\n`);
  await replaceFile(join(folder, 'report.html'), faultsPage(valid));
}
