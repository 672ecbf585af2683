/** What can become of what waited in a backup: sent, though it may arrive twice; or not, though it may never. */
export const WAITING_CHOICES = ['send', 'cancel'] as const;
export type WaitingChoice = (typeof WAITING_CHOICES)[number];

/** Nothing leaves the workspace by webhook or as a message, since it was restored from a backup. */
export interface OutgoingPause {
  /** When it turned out that it was restored. */
  since: string;
  /** Deliveries to webhooks that waited in the backup, and wait still. */
  deliveries: number;
  /** Messages that waited in the backup, and wait still. */
  messages: number;
}

/** Whether webhooks and messages leave the workspace. */
export interface Outgoing {
  asOf: number;
  paused: OutgoingPause | null;
}
