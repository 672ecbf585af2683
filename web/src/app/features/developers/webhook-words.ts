import type {
  Delivery,
  DeliveryAttempt,
  DeliveryStatus,
  DisabledReason,
  EventType,
  Webhook,
} from '@threadline/contracts';
import type { Tone } from '../../shared/ui';

/** Starts Threadline so that webhooks may go to the machine it runs on: by plain http too, and to any port. */
export const OPEN_THIS_MACHINE = 'OUTBOUND_ALLOW_CIDRS=127.0.0.0/8 npm start';

/** How an endpoint stands, in a word. */
export interface StateWords {
  tone: Tone;
  label: string;
  /** What it means and what to do. */
  more: string;
}

const REASONS: Record<DisabledReason, string> = {
  switched_off: 'Somebody paused it. Nothing is delivered; what happens meanwhile can be replayed.',
  gone: 'The receiver answered 410: it is not there any more. Resume it when it is back.',
  failing: 'Nothing but failures came back for five days. Resume it when the receiver works again, then replay.',
  maker_left: 'Its maker has left the workspace. Who resumes it becomes its maker.',
};

export function stateOf(webhook: Pick<Webhook, 'enabled' | 'disabledReason' | 'failingSince'>): StateWords {
  if (!webhook.enabled) {
    const reason = webhook.disabledReason ?? 'switched_off';
    const label = reason === 'switched_off' ? 'Paused' : 'Disabled';
    return { tone: reason === 'switched_off' ? 'neutral' : 'bad', label, more: REASONS[reason] };
  }
  if (webhook.failingSince) {
    return {
      tone: 'warn',
      label: 'Failing',
      more: 'Its newest deliveries failed; they are tried again by themselves.',
    };
  }
  return { tone: 'good', label: 'On', more: 'Events are delivered as they happen.' };
}

const STATUS: Record<DeliveryStatus, { tone: Tone; label: string }> = {
  pending: { tone: 'warn', label: 'Waiting' },
  delivered: { tone: 'good', label: 'Delivered' },
  failed: { tone: 'bad', label: 'Given up' },
  cancelled: { tone: 'neutral', label: 'Cancelled' },
};

export const DELIVERY_FILTERS = (Object.keys(STATUS) as DeliveryStatus[]).map((value) => ({
  value,
  label: STATUS[value].label,
}));

export function statusOf({ status, attempts }: Pick<Delivery, 'status' | 'attempts'>): { tone: Tone; label: string } {
  if (status === 'pending' && attempts.length === 0) return { tone: 'neutral', label: 'On its way' };
  if (status === 'pending') return { tone: 'warn', label: 'Will retry' };
  return STATUS[status];
}

/** "lead.created", "3 types", "Everything". */
export function eventsWords(types: readonly EventType[]): string {
  if (types.length === 0) return 'Everything';
  return types.length === 1 ? (types[0] ?? '') : `${types.length} types`;
}

/** An address without its scheme, as it is told apart. */
export function shortUrl(url: string): string {
  return url.replace(/^https?:\/\//u, '').replace(/\/$/u, '');
}

/** "340 ms", "1.2 s". */
export function took(milliseconds: number): string {
  return milliseconds < 1_000 ? `${Math.round(milliseconds)} ms` : `${(milliseconds / 1_000).toFixed(1)} s`;
}

/** What an attempt came to: the status, or why there was none. */
export function outcomeOf({ responseStatus, error }: DeliveryAttempt): string {
  return responseStatus === null ? (error ?? 'No answer') : String(responseStatus);
}

/** Names of headers whose values differ between two attempts. */
export function differingHeaders(one: DeliveryAttempt, other: DeliveryAttempt): string[] {
  const names = new Set([...Object.keys(one.requestHeaders), ...Object.keys(other.requestHeaders)]);
  return [...names].filter((name) => one.requestHeaders[name] !== other.requestHeaders[name]).sort();
}

/** JSON for people to read; what is none stays as it is. */
export function readable(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}
