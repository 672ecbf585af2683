import { Injectable, inject } from '@angular/core';
import type { Lead } from '@threadline/contracts';
import { ConversationsApi } from '../../data/conversations';
import { Dialogs } from '../../shared/dialog';

/** Where one goes on. */
export interface Address {
  path: string[];
  query: Record<string, string>;
}

/** Asks whom to write to, and says where that is done: in the conversation there is, or on the lead's page. */
@Injectable()
export class LeadPicker {
  private readonly dialogs = inject(Dialogs);
  private readonly conversations = inject(ConversationsApi);

  /** Null when nobody was picked. */
  async pick(): Promise<Address | null> {
    const { LeadPickerDialog } = await import('./lead-picker.dialog');
    const lead = await this.dialogs.open<Lead>(LeadPickerDialog, {
      label: 'Write to a lead',
      width: 520,
      stand: 'top',
      focus: 'input',
    });
    return lead ? this.place(lead) : null;
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
