import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

const DIGITS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
/** 16 and 32 bytes in base 62. */
const ID_LENGTH = 22;
const SECRET_LENGTH = 43;

/** What a token says: which one it claims to be, and the secret that has to prove it. */
export interface TokenClaim {
  id: string;
  secret: string;
}

/**
 * Makes a token for the thing with this id: `<prefix><id>_<256 random bits>`, the id and the secret in base 62, so that a
 * double click selects all of it. Keep `hash` only.
 */
export function issueToken(prefix: string, id: string): { token: string; hash: Buffer } {
  const secret = encode(randomBytes(32), SECRET_LENGTH);
  return { token: `${beginningOf(prefix, id)}_${secret}`, hash: hashOf(secret) };
}

/** What a token begins with; no secret is in it. */
export function beginningOf(prefix: string, id: string): string {
  return `${prefix}${encode(Buffer.from(id.replaceAll('-', ''), 'hex'), ID_LENGTH)}`;
}

/** Reads a token by its form; null when it is none of this prefix. */
export function readToken(prefix: string, token: string): TokenClaim | null {
  if (!token.startsWith(prefix)) return null;
  const [id = '', secret = '', ...rest] = token.slice(prefix.length).split('_');
  if (rest.length > 0 || !isWord(id, ID_LENGTH) || !isWord(secret, SECRET_LENGTH)) return null;
  const hex = decode(id).toString(16).padStart(32, '0');
  if (hex.length > 32) return null;
  return { id: hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5'), secret };
}

/** Whether the secret is the one that was hashed; takes the same time either way. */
export function provesItself({ secret }: TokenClaim, hash: Buffer): boolean {
  return timingSafeEqual(hashOf(secret), hash);
}

function hashOf(secret: string): Buffer {
  return createHash('sha256').update(secret).digest();
}

function isWord(text: string, length: number): boolean {
  return text.length === length && /^[0-9A-Za-z]+$/.test(text);
}

function encode(bytes: Buffer, length: number): string {
  let rest = BigInt(`0x${bytes.toString('hex')}`);
  let word = '';
  for (; rest > 0n; rest /= 62n) word = `${DIGITS[Number(rest % 62n)]}${word}`;
  return word.padStart(length, '0');
}

function decode(word: string): bigint {
  return [...word].reduce((sum, digit) => sum * 62n + BigInt(DIGITS.indexOf(digit)), 0n);
}
