import { domainToASCII } from 'node:url';

/** One spelling per envelope address: the local part to the letter, the domain as DNS sees it. */
export function canonicalAddress(address: string): string {
  const at = address.lastIndexOf('@');
  if (at < 0) return address;
  const domain = address.slice(at + 1);
  return `${address.slice(0, at)}@${domainToASCII(domain) || domain.toLowerCase()}`;
}
