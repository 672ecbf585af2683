import { Injectable } from '@nestjs/common';

/** How far deliveries may go. Not readonly: tests with receivers that hang do not wait for the real ones. */
@Injectable()
export class DeliveryLimits {
  /** For all of an attempt: the name, the connection, the answer and its body. Milliseconds. */
  deadlineMs = 15_000;
  /** An attempt that takes longer gives its place to others, and is counted among the slow ones. Milliseconds. */
  slowAfterMs = 1_000;
  /** Attempts under way that are not slow yet. */
  places = 64;
  /** Slow ones; beyond it endpoints that are slow or failing wait. */
  slowPlaces = 512;
  /** Attempts to one endpoint at a time. */
  perEndpoint = 5;
  /** Attempts of one workspace to one host at a time: many endpoints are no lever against one server. */
  perHost = 10;
  /** Deliveries of one endpoint that are claimed at once. */
  perClaim = 50;
  /** New deliveries of one endpoint that are in hand at most as they are made. */
  perHand = 200;
  /** Failures in a row after which an endpoint is only felt for, one attempt at a time. */
  breaksAfter = 5;
}

/** Bytes of an answer that are read. */
export const READ_BYTES = 16 * 1024;
/** Bytes of an answer that are kept. */
export const KEPT_BYTES = 4 * 1024;
/** A claim outlasts the wait for a place, the attempt and the writing down of its outcome. Milliseconds. */
export const LEASE_MS = 60_000;
/** What is left of a claim must outlast an attempt; otherwise it is let go. Milliseconds. */
export const LEASE_LEFT_MS = 25_000;
/** Nothing but failures for so long switches an endpoint off. Milliseconds. */
export const GIVE_UP_MS = 5 * 24 * 60 * 60 * 1000;
/** At this failed try of a delivery its people are told. */
export const TELLS_AT = 4;
