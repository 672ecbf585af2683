import { Injectable } from '@nestjs/common';
import type { Tx } from '../../platform/work';
import { Suppressions, type Unwanted } from '../suppressions';

/** Mail that came back for good, or was reported as spam: nothing more goes to that address. */
@Injectable()
export class UnwantedMail {
  constructor(private readonly suppressions: Suppressions) {}

  /**
   * @param messageId one of our mails, by whatever proved it
   * @param recipient who it had been sent to, as far as that was told: not the lead's present address, then it is left alone
   */
  async suppress(tx: Tx, messageId: string, reason: Unwanted['reason'], recipient?: string | null): Promise<void> {
    const [lead] = await tx.query<{ id: string; email: string | null }>(
      `SELECT l.id, l.email FROM messages m JOIN leads l ON l.workspace_id = m.workspace_id AND l.id = m.lead_id
        WHERE m.id = $1 AND m.channel = 'email'`,
      [messageId],
    );
    if (!lead?.email || (recipient && bare(recipient) !== bare(lead.email))) return;
    await this.suppressions.suppress(tx, { leadId: lead.id, address: lead.email, reason, messageId });
  }
}

/** Without a name around it, in small letters. */
function bare(address: string): string {
  return (/<([^<>]+)>\s*$/.exec(address)?.[1] ?? address).trim().toLowerCase();
}
