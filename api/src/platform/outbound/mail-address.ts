import { domainToASCII } from 'node:url';

/** A mailbox and how its owner is called. Never written as one string: parsing those is where addresses get lost. */
export interface MailAddress {
  name: string;
  address: string;
}

/** A mail that must not be handed to any server as it is. */
export class UnsendableMail extends Error {}

const ATOM = "[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+";
const LOCAL_PART = new RegExp(`^${ATOM}(?:\\.${ATOM})*$`);
const LABEL = /^[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?$/;
const NUMERIC_END = /(?:^|\.)\d+$/;
// eslint-disable-next-line no-control-regex -- these characters end header lines and commands
const CONTROL = /[\u0000-\u001f\u007f\u2028\u2029]/;

/**
 * An addr-spec (RFC 5321, dot-atom form) ready for an envelope: the domain in ASCII and lower case. Quoted local parts,
 * address literals, comments and groups are refused: nobody has such an address, and parsers differ about them.
 * @throws UnsendableMail
 */
export function envelopeAddress(address: string): string {
  const at = address.lastIndexOf('@');
  const local = address.slice(0, at);
  const domain = domainToASCII(address.slice(at + 1)).toLowerCase();
  const right =
    at > 0 &&
    local.length <= 64 &&
    LOCAL_PART.test(local) &&
    domain.length > 0 &&
    local.length + 1 + domain.length <= 254 &&
    domain.split('.').every((label) => LABEL.test(label)) &&
    !NUMERIC_END.test(domain);
  if (!right) throw new UnsendableMail(`"${printable(address)}" is not an e-mail address that mail can be sent to`);
  return `${local}@${domain}`;
}

/** True when mail can be sent to it. */
export function isMailAddress(address: string): boolean {
  try {
    envelopeAddress(address);
    return true;
  } catch (error) {
    if (error instanceof UnsendableMail) return false;
    throw error;
  }
}

/**
 * A value for one header, whole.
 * @throws UnsendableMail when it holds a line end or another control character.
 */
export function headerText(name: string, value: string): string {
  if (CONTROL.test(value)) throw new UnsendableMail(`the ${name} holds a line end or control character`);
  return value;
}

/**
 * A Message-ID with its angle brackets.
 * @throws UnsendableMail
 */
export function messageIdText(value: string): string {
  if (!/^<[^\s<>@]{1,200}@[^\s<>@]{1,200}>$/.test(value) || CONTROL.test(value)) {
    throw new UnsendableMail('a Message-ID is not well formed');
  }
  return value;
}

function printable(text: string): string {
  return text.replace(/[^\x20-\x7e]/g, '?').slice(0, 100);
}
