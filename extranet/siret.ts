/** The SIREN of La Poste, whose establishments are numbered by a rule of their own. */
const laPoste = '356000000';

/** A SIRET as typed, without the blanks that people put between its groups (no-break ones too). */
export function withoutBlanks(typed: string): string {
  return typed.replace(/[\s\u200b\ufeff]/g, '');
}

/** Whether it is 14 ASCII digits. */
export function isFourteenDigits(siret: string): boolean {
  return /^[0-9]{14}$/.test(siret);
}

/**
 * Whether the check digits of a SIRET of 14 digits are right: Luhn on the SIREN and on the whole; for La Poste
 * else a digit sum that is a multiple of 5 (source: INSEE lab, validinsee). All zeros pass Luhn but name nobody.
 */
export function hasRightCheckDigits(siret: string): boolean {
  if (/^0+$/.test(siret)) return false;
  if (luhn(siret) && luhn(siret.slice(0, 9))) return true;
  return siret.startsWith(laPoste) && digits(siret).reduce((sum, digit) => sum + digit, 0) % 5 === 0;
}

function luhn(number: string): boolean {
  const sum = digits(number)
    .reverse()
    .map((digit, rank) => (rank % 2 === 0 ? digit : digit * 2 - (digit > 4 ? 9 : 0)))
    .reduce((total, digit) => total + digit, 0);
  return sum % 10 === 0;
}

function digits(number: string): number[] {
  return [...number].map(Number);
}
