import { Injectable } from '@nestjs/common';
import type { AddressCheck } from '@threadline/contracts';
import { OutboundFailure, OutboundHttp } from '../../../platform/outbound';
import { Refusal } from '../../../platform/refusal';

const DEADLINE_MS = 8_000;

/**
 * What can be said of an address before it is saved. Whatever is blocked is told in the same words and not sooner than
 * ever, so that nobody learns from it what there is inside.
 */
@Injectable()
export class AddressChecks {
  constructor(private readonly outbound: OutboundHttp) {}

  async check(url: string, call: boolean): Promise<AddressCheck> {
    try {
      if (!call) {
        await this.outbound.check(url, DEADLINE_MS);
        return { ...UNKNOWN, allowed: true };
      }
      const answer = await this.outbound.request({ url, method: 'HEAD', deadlineMs: DEADLINE_MS, maxBytes: 0 });
      const durationMs = Math.round(answer.tookMs);
      return { allowed: true, reachable: true, status: answer.status, durationMs, problem: null };
    } catch (error) {
      if (error instanceof OutboundFailure) {
        return { ...UNKNOWN, allowed: true, reachable: false, problem: error.message };
      }
      if (error instanceof Refusal && error.code === 'address_not_allowed') {
        return { ...UNKNOWN, problem: error.details.detail ?? error.message };
      }
      throw error;
    }
  }
}

const UNKNOWN: AddressCheck = { allowed: false, reachable: null, status: null, durationMs: null, problem: null };
