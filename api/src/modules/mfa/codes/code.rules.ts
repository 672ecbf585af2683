import { createHash } from 'node:crypto';

/** Crockford's base 32: no letter looks like a digit, none makes a word. */
const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz';
/** 15 bytes are 24 characters: 120 bits, so that a plain hash is enough (ASVS 6.5.2 asks for 112). */
export const RECOVERY_BYTES = 15;
const GROUP = 4;

/** How long a TOTP step lasts, in milliseconds (RFC 6238; what authenticator apps expect). */
export const STEP_MS = 30_000;

/** What somebody typed into the field for codes. */
export type TypedCode = { kind: 'totp'; digits: string } | { kind: 'recovery_code'; hash: Buffer };

/** Writes random bytes as a recovery code: `4k7m-…`, six groups of four. */
export function writeRecoveryCode(random: Uint8Array): string {
  const bits = [...random].map((byte) => byte.toString(2).padStart(8, '0')).join('');
  const letters = (bits.match(/.{5}/g) ?? []).map((five) => ALPHABET.charAt(parseInt(five, 2)));
  return (letters.join('').match(new RegExp(`.{${GROUP}}`, 'g')) ?? []).join('-');
}

/** Reads a code as people type it: with or without groups, in any case, `O` for 0 and `L` or `I` for 1. */
export function readCode(typed: string): TypedCode {
  const bare = typed.toLowerCase().replace(/[\s-]/g, '');
  if (/^\d{6}$/.test(bare)) return { kind: 'totp', digits: bare };
  return { kind: 'recovery_code', hash: hashRecoveryCode(bare) };
}

export function hashRecoveryCode(code: string): Buffer {
  const bare = code.toLowerCase().replace(/[\s-]/g, '').replaceAll('o', '0').replace(/[il]/g, '1');
  return createHash('sha256').update(bare).digest();
}

/** The steps whose codes are taken: the present one and the one before, for clocks that are a little behind. */
export function stepsAt(time: Date): [present: number, before: number] {
  const step = Math.floor(time.getTime() / STEP_MS);
  return [step, step - 1];
}
