import { randomInt } from 'node:crypto';
import { alphabet, drawing } from './glyphs.ts';
import type { Session } from './session.ts';

/** How many signs a security code has. */
export const codeLength = 6;

const digitsInWords = ['zéro', 'un', 'deux', 'trois', 'quatre', 'cinq', 'six', 'sept', 'huit', 'neuf'];

/** Draws a new code for the session until `expires` (ms); the one before no longer serves. */
export function renewCode(session: Session, expires: number, kind: 'picture' | 'words' = 'picture'): void {
  const signs = kind === 'words' ? '0123456789' : alphabet;
  session.formerCode = session.code;
  session.code = Array.from({ length: codeLength }, () => signs[randomInt(signs.length)]).join('');
  session.codeExpires = expires;
}

/** Takes the code out of the session: it serves once. Undefined when there is none, or it has expired. */
export function takeCode(session: Session, now: number): string | undefined {
  const { code, codeExpires } = session;
  session.code = null;
  return code !== null && codeExpires !== null && now < codeExpires ? code : undefined;
}

/** The code as a picture, for the `src` of an image. */
export function codePicture(code: string): string {
  return `data:image/svg+xml;base64,${Buffer.from(drawing(code)).toString('base64')}`;
}

/** A code of digits, in words: « quatre, zéro, deux… ». */
export function codeInWords(code: string): string {
  return [...code].map((digit) => digitsInWords[Number(digit)]).join(', ');
}
