import { setTimeout as sleep } from 'node:timers/promises';
import { performance } from 'node:perf_hooks';
import { Refusal } from '../refusal';

/** Why a call that was allowed brought no answer, in words for the person who set the address. */
export class OutboundFailure extends Error {
  constructor(
    readonly reason: 'unresolved' | 'unreachable' | 'certificate' | 'timeout' | 'broken',
    message: string,
  ) {
    super(message);
  }
}

/** The same for all that is blocked, so that nobody learns from it what there is inside. */
const BLOCKED =
  'Only public addresses can be reached, by https. A network of your own has to be opened by the operator of this installation, who names it in OUTBOUND_ALLOW_CIDRS.';
/** No refusal is answered sooner than this: neither a name server's answer nor a table tells by its time. */
const LEAST_MS = 250;

/** The refusal of an address that may not be reached, when it is time for it. @param startedAt of performance.now() */
export async function blocked(startedAt: number): Promise<Refusal> {
  await sleep(Math.max(0, LEAST_MS - (performance.now() - startedAt)));
  return new Refusal('address_not_allowed', { detail: BLOCKED });
}

/**
 * What is wrong with a server's certificate or its TLS, by the code of Node or OpenSSL, and what whoever runs it can do.
 * Nothing is ever tried again with less: without TLS that holds there is no call.
 */
const TLS: readonly (readonly [code: RegExp, words: string])[] = [
  [
    /^CERT_HAS_EXPIRED$/,
    'The certificate of the server has expired. Renew it there; what waits here is then delivered by itself.',
  ],
  [
    /^CERT_NOT_YET_VALID$/,
    'The certificate of the server is not valid yet. Wait for the day on which it begins, or put in one that has begun.',
  ],
  [
    /^DEPTH_ZERO_SELF_SIGNED_CERT$/,
    'The certificate of the server is signed by the server itself, so nobody vouches for it. Put in one from a public certificate authority.',
  ],
  [
    /ALTNAME/,
    'The certificate of the server is for another name. Put in one for the host in this address, or use the name that it is for.',
  ],
  [
    /^UNABLE_TO|^SELF_SIGNED_CERT_IN_CHAIN$/,
    'The certificate of the server comes from an authority that is not trusted here, or without the certificates in between. Send the whole chain, from a public certificate authority.',
  ],
  [/PROTOCOL/, 'The server offers only versions of TLS that are no longer safe. Switch on TLS 1.2 or 1.3 there.'],
  [
    /WRONG_VERSION_NUMBER|PACKET_LENGTH/,
    'The server does not speak TLS at this port. Correct the port, or switch TLS on there.',
  ],
  [
    /CERT|^ERR_TLS|^ERR_SSL|^EPROTO/,
    'The server and Threadline agreed on no safe connection. Check its certificate and its TLS settings.',
  ],
];
const UNREACHABLE = /ECONNREFUSED|EHOSTUNREACH|ENETUNREACH|EADDRNOTAVAIL/;

/** What went wrong, in words. */
export function failureOf(error: unknown, signal: AbortSignal): OutboundFailure {
  const { name = '', code = '' } = error as { name?: string; code?: string };
  if (signal.aborted || /timeout/i.test(name) || code.endsWith('TIMEOUT') || code === 'ETIMEDOUT') {
    return new OutboundFailure('timeout', 'The server took too long to answer.');
  }
  const words = TLS.find(([wrong]) => wrong.test(code))?.[1];
  if (words) return new OutboundFailure('certificate', words);
  if (UNREACHABLE.test(code)) return new OutboundFailure('unreachable', 'The server could not be reached.');
  return new OutboundFailure('broken', 'The connection broke before the answer was complete.');
}
