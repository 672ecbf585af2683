import { performance } from 'node:perf_hooks';
import { Injectable } from '@nestjs/common';
import type { DeliveryAttempt, WebhookKind } from '@threadline/contracts';
import { Clock } from '../../../platform/clock';
import { type OutboundAnswer, OutboundFailure, OutboundHttp } from '../../../platform/outbound';
import { Refusal } from '../../../platform/refusal';
import { signatureHeaders, type Signers } from '../signing';
import { DeliveryLimits, KEPT_BYTES, READ_BYTES } from './delivery-limits';

/** An endpoint as a message to it has to know it. */
export interface Target {
  kind: WebhookKind;
  url: string;
  headers: Readonly<Record<string, string>>;
  signers: Signers;
}

/** An attempt, and what its answer says about further ones. */
export interface Attempted {
  attempt: DeliveryAttempt;
  timedOut: boolean;
  retryAfter?: string;
  /** The receiver asked for no further attempts of this message. */
  abort: boolean;
  /** The receiver is gone for good. */
  gone: boolean;
}

const AGENT = 'Threadline-Webhooks/1';
const HIDDEN = '(not shown)';

/** One attempt: signed with a fresh time, the same id and the same bytes as every other one of the message. */
@Injectable()
export class DeliverySender {
  constructor(
    private readonly outbound: OutboundHttp,
    private readonly limits: DeliveryLimits,
    private readonly clock: Clock,
  ) {}

  /** Never throws: what goes wrong is the attempt's error. Only 2xx is a success. */
  async attempt(target: Target, message: { id: string; body: string }): Promise<Attempted> {
    const at = this.clock.now();
    const timestamp = Math.floor(at.getTime() / 1000);
    const ours = {
      'content-type': 'application/json',
      'user-agent': AGENT,
      ...(target.kind === 'standard' ? signatureHeaders({ ...message, timestamp }, target.signers) : {}),
    };
    const hidden = Object.fromEntries(Object.keys(target.headers).map((name) => [name, HIDDEN]));
    const began = performance.now();
    const sent = { at: at.toISOString(), requestHeaders: { ...hidden, ...ours } };
    try {
      const answer = await this.outbound.request({
        url: target.url,
        method: 'POST',
        headers: { ...target.headers, ...ours },
        body: message.body,
        deadlineMs: this.limits.deadlineMs,
        maxBytes: READ_BYTES,
        keep: true,
      });
      return answered(sent, answer);
    } catch (error) {
      return unanswered(sent, Math.round(performance.now() - began), error);
    }
  }
}

type Sent = Pick<DeliveryAttempt, 'at' | 'requestHeaders'>;

function answered(sent: Sent, { status, headers, body, tookMs }: OutboundAnswer): Attempted {
  const wrong = wordsFor(status);
  const retryAfter = headers['retry-after'];
  return {
    attempt: {
      ...sent,
      responseStatus: status,
      durationMs: Math.round(tookMs),
      ...(wrong === null ? {} : { error: wrong }),
      // PostgreSQL keeps no NUL in a text.
      responseBody: body.subarray(0, KEPT_BYTES).toString('utf8').replaceAll('\0', '\ufffd'),
    },
    timedOut: false,
    ...(typeof retryAfter === 'string' ? { retryAfter } : {}),
    abort: headers['webhook-delivery'] === 'abort-message',
    gone: status === 410,
  };
}

function unanswered(sent: Sent, durationMs: number, error: unknown): Attempted {
  const known = error instanceof OutboundFailure || error instanceof Refusal;
  return {
    attempt: {
      ...sent,
      responseStatus: null,
      durationMs,
      error: known ? error.message : 'The message could not be sent.',
      responseBody: '',
    },
    timedOut: error instanceof OutboundFailure && error.reason === 'timeout',
    abort: false,
    gone: false,
  };
}

function wordsFor(status: number): string | null {
  if (status >= 200 && status < 300) return null;
  if (status >= 300 && status < 400) return `The server answered ${status}; redirects are not followed.`;
  if (status === 410) return 'The server answered 410: it is gone for good.';
  return `The server answered ${status}.`;
}
