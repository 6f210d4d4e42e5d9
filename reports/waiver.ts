import type { RequirementResult, Results } from './results.ts';

type Waived = Pick<RequirementResult, 'id' | 'outcome' | 'waiver'>;

/** Whether a failure of the requirement is let pass: an expired waiver does so only outside a release gate. */
export function isWaived({ waiver }: Waived, gate: Results['campaign']['gate']): boolean {
  return waiver?.standing === 'valid' || (waiver?.standing === 'expired' && gate !== 'release');
}

/** The waiver in a French line: what it lets pass, until when, who answers for it. `today` is YYYY-MM-DD. */
export function sayWaiver({ id, outcome, waiver }: Waived, today: string): string {
  if (!waiver) return id;
  const { owner, expires, standing, reason } = waiver;
  if (standing === 'stale') return `${id} est respectée : sa dispense (${owner}) est à retirer`;
  if (standing === 'expired') return `${id} : sa dispense a expiré le ${expires} (${owner})`;
  const state = outcome === 'failed' ? 'n’est pas respectée, dispense' : 'dispense';
  const days = Math.round((Date.parse(expires) - Date.parse(today)) / 86_400_000);
  const soon = days <= 14 ? ` — dans ${days} j` : '';
  return `${id} ${state} jusqu’au ${expires}${soon} (${owner}) : ${reason}`;
}
