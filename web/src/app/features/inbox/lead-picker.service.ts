import { Injectable, inject } from '@angular/core';
import type { Lead } from '@threadline/contracts';
import { ConversationsApi } from '../../data/conversations';
import { Dialogs } from '../../shared/dialog';
import type { Picked } from './lead-picker.dialog';

/** Where one goes on. */
export interface Address {
  path: string[];
  query: Record<string, string>;
}

/** Asks whom to write to, and says where that is done: in the conversation there is, on the lead's page, or first in the form for a new one. */
@Injectable()
export class LeadPicker {
  private readonly dialogs = inject(Dialogs);
  private readonly conversations = inject(ConversationsApi);

  /** Null when nobody was picked. */
  async pick(): Promise<Address | null> {
    const { LeadPickerDialog } = await import('./lead-picker.dialog');
    const picked = await this.dialogs.open<Picked>(LeadPickerDialog, {
      label: 'Write to a lead',
      width: 520,
      stand: 'top',
      focus: 'input',
    });
    if (!picked) return null;
    if ('newcomer' in picked) return { path: ['/leads'], query: { new: '1', who: picked.newcomer, thenWrite: '' } };
    return this.place(picked.lead);
  }

  private async place(lead: Lead): Promise<Address> {
    const conversation = await this.conversations.ofLead(lead.id).then(
      ({ items }) => items[0],
      () => undefined,
    );
    if (conversation) return { path: ['/inbox', 'all', conversation.id], query: {} };
    return { path: ['/leads', lead.id], query: { write: '' } };
  }
}
