import type { Channel, Draft } from '@threadline/contracts';
import type { DraftEntity } from './draft.entity';

/** A draft as the driver gives it, with what DRAFT_COLUMNS selects. */
export interface DraftRow {
  id: string;
  lead_id: string;
  channel: Channel;
  content: string;
  subject: string | null;
  revision: number;
  author_id: string;
  saved_at: Date;
  updated_at: Date;
}

/** Columns of `drafts d`. */
export const DRAFT_COLUMNS =
  'd.id, d.lead_id, d.channel, d.content, d.subject, d.revision, d.author_id, d.saved_at, d.updated_at';

/** A row in the shape that everybody sees. */
export function toDraft(row: DraftRow): Draft {
  return {
    id: row.id,
    leadId: row.lead_id,
    channel: row.channel,
    content: row.content,
    subject: row.subject,
    revision: row.revision,
    authorId: row.author_id,
    savedAt: row.saved_at.toISOString(),
    updatedAt: row.updated_at.toISOString(),
  };
}

/** An entity in the shape that everybody sees. */
export function draftOf(entity: DraftEntity): Draft {
  return {
    id: entity.id,
    leadId: entity.leadId,
    channel: entity.channel as Channel,
    content: entity.content,
    subject: entity.subject,
    revision: entity.revision,
    authorId: entity.authorId,
    savedAt: entity.savedAt.toISOString(),
    updatedAt: entity.updatedAt.toISOString(),
  };
}
