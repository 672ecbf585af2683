import { Injectable } from '@nestjs/common';
import type { AuditEntry } from '@threadline/contracts';
import { Refusal } from '../../platform/refusal';
import type { ReadTx } from '../../platform/work';
import { AuditQueries } from '../audit';

/** What is known of a lead, by what it is; each a list of plain objects. */
export interface LeadBundle {
  /** The form of this document. */
  format: 'threadline-lead/1';
  leadId: string;
  collectedAt: string;
  sections: Record<string, readonly object[]>;
}

/** What belongs to a lead, and how each row is shown: in words of the API, without what is about others. */
const SECTIONS: Readonly<Record<string, string>> = {
  lead: `SELECT id, name, email, phone, company, title, status, tags, custom_fields AS "customFields",
                created_at AS "createdAt", updated_at AS "updatedAt", last_activity_at AS "lastActivityAt",
                deleted_at AS "deletedAt" FROM leads WHERE id = $1`,
  conversations: `SELECT id, channel, subject, status, priority, tags, created_at AS "createdAt"
                    FROM conversations WHERE lead_id = $1 ORDER BY created_at`,
  messages: `SELECT id, conversation_id AS "conversationId", channel, direction, status, subject, content,
                    created_at AS "createdAt", sent_at AS "sentAt", delivered_at AS "deliveredAt", opened_at AS "openedAt",
                    clicked_at AS "clickedAt", replied_at AS "repliedAt"
               FROM messages WHERE lead_id = $1 ORDER BY created_at, id`,
  drafts: `SELECT id, channel, subject, content, saved_at AS "savedAt" FROM drafts
            WHERE lead_id = $1 AND (content <> '' OR subject IS NOT NULL)`,
  opensAndClicks: `SELECT v.at, v.kind, v.verdict, v.user_agent AS "userAgent", v.address_prefix AS "networkAddress", v.network,
                          v.link, v.message_id AS "messageId"
                     FROM hit_verdicts v JOIN messages m ON m.id = v.message_id WHERE m.lead_id = $1 ORDER BY v.at`,
  receivedMails: `SELECT i.received_at AS "receivedAt", i.from_name AS "fromName", i.from_address AS "fromAddress", i.subject,
                         i.state, convert_from(i.raw, 'LATIN1') AS source
                    FROM inbound_mails i
                   WHERE EXISTS (SELECT 1 FROM messages m WHERE m.lead_id = $1 AND m.id IN (i.answers_id, i.message_id))
                      OR lower(i.from_address) = (SELECT lower(l.email) FROM leads l WHERE l.id = $1) ORDER BY i.received_at`,
  deliveredMails: `SELECT b.received_at AS "receivedAt", b.to_name AS "toName", b.to_address AS "toAddress", b.subject,
                          b.opened_at AS "openedAt", b.answered_at AS "answeredAt", b.bounced_at AS "bouncedAt"
                     FROM mailbox_mails b JOIN messages m ON m.id = b.message_id WHERE m.lead_id = $1 ORDER BY b.received_at`,
};

/** Collects everything that is known of a lead. */
@Injectable()
export class LeadCollection {
  constructor(private readonly audit: AuditQueries) {}

  /** @throws Refusal `not_found` when the lead was erased meanwhile */
  async collect(tx: ReadTx, leadId: string, at: Date): Promise<LeadBundle> {
    const sections: Record<string, readonly object[]> = {};
    for (const [name, sql] of Object.entries(SECTIONS)) sections[name] = await tx.query<object>(sql, [leadId]);
    if (sections['lead']?.length !== 1) throw new Refusal('not_found', { detail: 'This lead is not there any more.' });
    sections['history'] = (await this.entries(tx, leadId)).map(toHistory);
    return { format: 'threadline-lead/1', leadId, collectedAt: at.toISOString(), sections };
  }

  private async entries(tx: ReadTx, leadId: string): Promise<AuditEntry[]> {
    const all: AuditEntry[] = [];
    for (let cursor: string | undefined; ;) {
      const page = await this.audit.list(tx, { targetType: 'lead', targetId: leadId, limit: 200, cursor });
      all.push(...page.items);
      if (page.nextCursor === null) return all.reverse();
      cursor = page.nextCursor;
    }
  }
}

/** What happened, and not who of the team did it, nor from where: that is about others. */
function toHistory({ seq, occurredAt, action, outcome, changes, reason }: AuditEntry): object {
  return { seq, occurredAt, action, outcome, changes, reason };
}
