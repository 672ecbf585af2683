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

const CERTIFICATE = /CERT|SELF_SIGNED|ALTNAME|^ERR_TLS|^ERR_SSL|^EPROTO|UNABLE_TO/;
const UNREACHABLE = /ECONNREFUSED|EHOSTUNREACH|ENETUNREACH|EADDRNOTAVAIL/;

/** What went wrong, in words. */
export function failureOf(error: unknown, signal: AbortSignal): OutboundFailure {
  const { name = '', code = '' } = error as { name?: string; code?: string };
  if (signal.aborted || /timeout/i.test(name) || code.endsWith('TIMEOUT') || code === 'ETIMEDOUT') {
    return new OutboundFailure('timeout', 'The server took too long to answer.');
  }
  if (CERTIFICATE.test(code)) {
    return new OutboundFailure(
      'certificate',
      'The certificate of the server is not valid for its name, or not trusted.',
    );
  }
  if (UNREACHABLE.test(code)) return new OutboundFailure('unreachable', 'The server could not be reached.');
  return new OutboundFailure('broken', 'The connection broke before the answer was complete.');
}
