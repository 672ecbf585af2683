import type { ProviderEventState } from '@threadline/contracts';

/** What an event came to. */
export interface Filed {
  state: ProviderEventState;
  messageId?: string;
  reason?: string | null;
}
