import type { ProviderEventKind } from '@threadline/contracts';

/** How far a provider's message has come, from the beginning to the end: it only ever moves to the right. */
export const STATUS_ORDER = ['sent', 'failed', 'delivered', 'read', 'bounced'] as const;
export type ProviderStatus = (typeof STATUS_ORDER)[number];

/** The state that an event speaks of; null for one that speaks of none. Who opened or complained of it has got it. */
export function statusOf(kind: ProviderEventKind): ProviderStatus | null {
  switch (kind) {
    case 'sent':
    case 'failed':
    case 'delivered':
    case 'read':
    case 'bounced':
      return kind;
    case 'opened':
    case 'clicked':
    case 'complained':
      return 'delivered';
    case 'delayed':
    case 'received':
    case 'confirmation':
    case 'other':
      return null;
  }
}

/** Whether `next` is further than `now`. */
export function isFurther(now: ProviderStatus | null, next: ProviderStatus): boolean {
  return now === null || STATUS_ORDER.indexOf(next) > STATUS_ORDER.indexOf(now);
}
