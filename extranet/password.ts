import { createHash, randomBytes, randomInt, scrypt, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';

/** What is kept of a password: a drawn one, long and random, as salted SHA-256; the user's own as scrypt. */
export type KeptPassword = {
  sel: Uint8Array | null;
  temporaire: Uint8Array | null;
  definitif: Uint8Array | null;
};

const signs = 'ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnpqrstuvwxyz23456789';
const derive = promisify(scrypt) as (password: string, salt: Uint8Array, length: number) => Promise<Buffer>;
const nobody = randomBytes(16);

/** So many signs, drawn at random. */
export function draw(length: number, from = signs): string {
  return Array.from({ length }, () => from[randomInt(from.length)]).join('');
}

/** A password that the user chose, as it is kept. */
export async function keepOwn(password: string): Promise<{ sel: Uint8Array; definitif: Uint8Array }> {
  const sel = randomBytes(16);
  return { sel, definitif: await derive(asTyped(password), sel, 32) };
}

/** A drawn password, as it is kept. */
export function keepDrawn(password: string): { sel: Uint8Array; temporaire: Uint8Array } {
  const sel = randomBytes(16);
  return { sel, temporaire: digest(password, sel) };
}

/** Whether that is the kept password; takes as long where nothing is kept. */
export async function isPassword(password: string, kept: KeptPassword | undefined): Promise<boolean> {
  const salt = kept?.sel ?? nobody;
  const own = await derive(asTyped(password), salt, 32);
  const expected = kept?.temporaire ?? kept?.definitif;
  const given = kept?.temporaire ? digest(asTyped(password), salt) : own;
  return expected ? timingSafeEqual(expected, given) : false;
}

/** A password as it counts: blanks around come from copying it out of a mail. */
function asTyped(password: string): string {
  return password.normalize('NFC').trim();
}

function digest(password: string, salt: Uint8Array): Buffer {
  return createHash('sha256').update(salt).update(password).digest();
}
