import { describe, expect, it } from '@jest/globals';
import { partnerOf } from './partner';

const conversation = { leadId: 'jonas', leadName: 'Jonas Duarte' };

describe('whom a conversation is with', () => {
  it('is known by name from the list, and nothing is claimed of the address of a lead that is not read', () => {
    expect(partnerOf(conversation, null, null)).toMatchObject({ name: 'Jonas Duarte', address: undefined });
    const before = { id: 'lin', name: 'Lin', email: null };
    expect(partnerOf(conversation, before, null)).toMatchObject({ name: 'Jonas Duarte', address: undefined });
  });

  it('has the address of the lead, or none', () => {
    const lead = { id: 'jonas', name: 'Jonas D.', email: 'jonas@example.com' };
    expect(partnerOf(conversation, lead, null)).toMatchObject({ name: 'Jonas D.', address: 'jonas@example.com' });
    expect(partnerOf(conversation, { ...lead, email: null }, null).address).toBeNull();
  });

  it('says why nothing is sent there, and where that may be lifted', () => {
    const suppression = { reason: 'bounced', at: '2026-03-02T13:58:00Z', messageId: null } as const;
    expect(partnerOf(conversation, null, suppression)).toMatchObject({ suppressed: 'bounced', page: '/leads/jonas' });
  });
});
