import { createHash, timingSafeEqual } from 'node:crypto';
import type { ProviderEventKind, ProviderSettings } from '@threadline/contracts';

/** A call of a provider as it came in, to the byte. */
export interface ProviderRequest {
  raw: Buffer;
  /** Lower-case names. */
  headers: Readonly<Record<string, string>>;
  /** The address it came to: PUBLIC_URL, path and query as they were sent. */
  url: string;
}

/** What a signature is checked with. */
export interface ProviderAccount {
  settings: ProviderSettings;
  secret: string | null;
}

/** What somebody wrote to us by a provider's channel. */
export interface ReceivedText {
  channel: string;
  /** As the provider writes it: a phone number in E.164. */
  from: string;
  text: string;
}

/** One event out of a request, in our words. */
export interface ToldEvent {
  /** The provider's own id of it. */
  id: string;
  kind: ProviderEventKind;
  at: Date | null;
  /** The provider's id of the message. */
  providerMessageId: string | null;
  /** The Message-ID we gave the mail, angle brackets included. */
  messageIdHeader: string | null;
  /** Our own id of it, where the provider hands back what we had told it. */
  trackingId: string | null;
  reason: string | null;
  /** Says for good that its recipient cannot or does not want to get mail. */
  unwanted?: 'bounced' | 'complained';
  /** Whom the provider had sent it to, where it says so. */
  recipient?: string | null;
  received?: ReceivedText;
  /** To be called, to confirm that we want to be told (SNS). */
  confirmAt?: string;
}

/** Signed timestamps may be off by this much. Milliseconds. */
export const TOLERANCE_MS = 5 * 60_000;

/** Seconds since 1970 as a signature has them; true when that is now, give or take five minutes. */
export function isFresh(seconds: string, now: Date): boolean {
  if (!/^\d{9,11}$/.test(seconds)) return false;
  return Math.abs(Number(seconds) * 1000 - now.getTime()) <= TOLERANCE_MS;
}

/** Whether two texts are the same, in a time that does not tell where they differ. */
export function sameText(one: string, other: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(one), digest(other));
}

/** What a provider's JSON holds below these keys; undefined for whatever is not there. */
export function field(value: unknown, ...path: string[]): unknown {
  return path.reduce<unknown>(
    (at, key) => (typeof at === 'object' && at !== null ? (at as Record<string, unknown>)[key] : undefined),
    value,
  );
}

/** A text below these keys, cut to what is kept; numbers as they are written. */
export function textAt(value: unknown, ...path: string[]): string | null {
  const found = field(value, ...path);
  if (typeof found === 'number') return String(found);
  return typeof found === 'string' && found !== '' ? found.replaceAll('\u0000', '').slice(0, 10_000) : null;
}

/** The list below these keys; empty when there is none. */
export function listAt(value: unknown, ...path: string[]): unknown[] {
  const found = field(value, ...path);
  return Array.isArray(found) ? (found as unknown[]) : [];
}

/** JSON out of bytes; undefined when it is none. */
export function jsonOf(raw: Buffer): unknown {
  try {
    return JSON.parse(raw.toString('utf8'));
  } catch {
    return undefined;
  }
}

/** A time that a provider gives in seconds since 1970. */
export function timeOfSeconds(seconds: unknown): Date | null {
  const number = Number(seconds);
  return Number.isFinite(number) && number > 0 && number < 1e11 ? new Date(number * 1000) : null;
}

/** A time that a provider gives as text. */
export function timeOfText(text: string | null): Date | null {
  const millis = text === null ? NaN : Date.parse(text);
  return Number.isNaN(millis) ? null : new Date(millis);
}

/** A Message-ID with its angle brackets, however the provider writes it. */
export function bracketed(messageId: string | null): string | null {
  if (messageId === null) return null;
  return `<${messageId.replace(/^<|>$/g, '')}>`;
}

/** The id of what a provider gave none: the bytes it sent. */
export function digestId(raw: Buffer): string {
  return `sha256:${createHash('sha256').update(raw).digest('hex')}`;
}

/** An event that says nothing we act on. */
export function told(event: Partial<ToldEvent> & Pick<ToldEvent, 'id' | 'kind'>): ToldEvent {
  return { at: null, providerMessageId: null, messageIdHeader: null, trackingId: null, reason: null, ...event };
}
