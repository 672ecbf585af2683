/** Why nothing is sent to an address: its owner asked to be forgotten, it does not exist, or it reported spam. */
export const SUPPRESSION_REASONS = ['erased', 'bounced', 'complained'] as const;
export type SuppressionReason = (typeof SUPPRESSION_REASONS)[number];

/** Nothing is sent to a lead's address. */
export interface Suppression {
  reason: SuppressionReason;
  at: string;
  /** The message that came back or was reported; null when its owner asked to be forgotten. */
  messageId: string | null;
}

/** Whether anything may be sent to a lead's address. */
export interface LeadSuppression {
  asOf: number;
  suppression: Suppression | null;
}

/** From now on nothing is sent to the lead's address. */
export interface LeadSuppressed {
  leadId: string;
  reason: SuppressionReason;
  /** The message that came back, or was reported as spam. */
  messageId: string;
}

/** Mail may go to the lead's address again. */
export interface SuppressionLifted {
  leadId: string;
  /** Why nothing was sent. */
  reason: SuppressionReason;
  /** Why that is over, as somebody wrote it. */
  why: string;
}

/** Characters that the reason of a lifting has at most. */
export const LONGEST_LIFT_REASON = 500;
