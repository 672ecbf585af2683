import type { Conversation, Lead, Suppression } from '@threadline/contracts';
import type { Partner } from '../../shared/conversation';

/** Whom the open conversation is with. The lead may still be the one before, or not be read at all. */
export function partnerOf(
  conversation: Pick<Conversation, 'leadId' | 'leadName'> | null,
  lead: Pick<Lead, 'id' | 'name' | 'email'> | null | undefined,
  suppression: Suppression | null,
): Partner {
  const leadId = conversation?.leadId ?? '';
  const its = lead?.id === leadId ? lead : null;
  return {
    name: its?.name ?? conversation?.leadName ?? '',
    address: its?.email,
    suppressed: suppression?.reason ?? null,
    page: `/leads/${leadId}`,
  };
}
