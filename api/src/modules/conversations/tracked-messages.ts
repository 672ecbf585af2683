import { Injectable } from '@nestjs/common';
import { SystemDatabase } from '../../platform/database';

export interface TrackedMessage {
  trackingId: string;
  workspaceId: string;
  messageId: string;
  leadId: string;
  conversationId: string;
  /** When the mail server took it; null before. */
  sentAt: Date | null;
}

interface Row {
  tracking_id: string;
  workspace_id: string;
  id: string;
  lead_id: string;
  conversation_id: string;
  sent_at: Date | null;
}

/** Which message of which workspace a tracking id, or a Message-ID, belongs to: hits and mail come in without saying. */
@Injectable()
export class TrackedMessages {
  constructor(private readonly database: SystemDatabase) {}

  /** Unknown ids are left out. */
  async byTrackingIds(trackingIds: readonly string[]): Promise<Map<string, TrackedMessage>> {
    const rows = await this.database.query<Row>(
      `SELECT tracking_id, workspace_id, id, lead_id, conversation_id, sent_at FROM messages WHERE tracking_id = ANY ($1)`,
      [trackingIds],
    );
    return new Map(rows.map((row) => [row.tracking_id, toTracked(row)]));
  }

  /** Messages we sent, by their Message-ID header, angle brackets included. */
  async byHeaders(headers: readonly string[]): Promise<Map<string, TrackedMessage>> {
    const rows = await this.database.query<Row & { message_id_header: string }>(
      `SELECT message_id_header, tracking_id, workspace_id, id, lead_id, conversation_id, sent_at
         FROM messages WHERE message_id_header = ANY ($1) AND direction = 'outbound'`,
      [headers],
    );
    return new Map(rows.map((row) => [row.message_id_header, toTracked(row)]));
  }
}

function toTracked(row: Row): TrackedMessage {
  return {
    trackingId: row.tracking_id,
    workspaceId: row.workspace_id,
    messageId: row.id,
    leadId: row.lead_id,
    conversationId: row.conversation_id,
    sentAt: row.sent_at,
  };
}
