import { domainToASCII } from 'node:url';
import { isEmail } from 'class-validator';

/** Half a pair of surrogates, which is no character: what measures addresses throws at it. */
const HALF = /\p{Surrogate}/u;

/** Visible ASCII. */
const ASCII = /^[\x21-\x7e]+$/;

/**
 * The one form in which the address of an account is kept, mailed to and compared, apart from its case: without spaces
 * around it, the domain in ASCII and lower case. Undefined for what is none, and for one with other characters before
 * the `@`: what is lower case, and so which addresses are the same, is one question to PostgreSQL, another to JavaScript
 * and a third to mail servers, until all of it is ASCII.
 */
export function accountAddress(typed: string): string | undefined {
  const address = typed.trim();
  if (HALF.test(address) || !isEmail(address)) return undefined;
  const at = address.lastIndexOf('@');
  const read = `${address.slice(0, at)}@${domainToASCII(address.slice(at + 1)).toLowerCase()}`;
  return ASCII.test(read) && isEmail(read) ? read : undefined;
}
