import type { SuppressionReason } from '@threadline/contracts';

/** Why nothing is sent to an address. */
export const SUPPRESSION_WORDS: Record<SuppressionReason, string> = {
  bounced: 'an earlier mail came back for good',
  complained: 'an earlier mail was reported as spam',
  erased: 'its owner asked to be forgotten',
};
