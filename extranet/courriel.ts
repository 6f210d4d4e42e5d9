import { domainToASCII } from 'node:url';

const atom = "[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+";
const label = '[\\p{L}\\p{N}](?:[\\p{L}\\p{N}-]{0,61}[\\p{L}\\p{N}])?';
const address = new RegExp(`^(?=.{1,64}@)${atom}(?:\\.${atom})*@(?:${label}\\.)+${label}$`, 'u');

/** The longest address that a mail server must accept (RFC 5321). */
const longest = 254;

/**
 * An address as it is compared and kept: no spaces around, NFC, domain in lower case. The local part keeps its
 * case, and line breaks stay where they are, so that they are refused and never repaired.
 */
export function normalCourriel(typed: string): string {
  const trimmed = typed.replace(/^[ \u00a0]+|[ \u00a0]+$/g, '').normalize('NFC');
  const at = trimmed.lastIndexOf('@');
  return trimmed.slice(0, at + 1) + trimmed.slice(at + 1).toLowerCase();
}

/** Whether it is one address `local@domain.tld`: no blank, no second @, no quotes, no invisible character. */
export function isCourriel(courriel: string): boolean {
  return courriel.length <= longest && address.test(courriel) && isDomain(courriel.split('@')[1] ?? '');
}

/** Whether a mail server can be asked for it: in ASCII, as it travels, no label is too long, the last no number. */
function isDomain(domain: string): boolean {
  const ascii = domainToASCII(domain);
  return ascii.length <= 253 && /^(?:[^.]{1,63}\.)+(?![0-9]+$)[^.]{1,63}$/.test(ascii);
}
