import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A row of `drafts`. Without text it stands for a draft that was cleared: its revision goes on from there. */
@Entity('drafts')
export class DraftEntity {
  @PrimaryColumn({ name: 'workspace_id', type: 'uuid' })
  workspaceId: string;

  @PrimaryColumn({ type: 'uuid' })
  id: string;

  @Column({ name: 'lead_id', type: 'uuid' })
  leadId: string;

  @Column({ type: 'text' })
  channel: string;

  @Column({ type: 'text' })
  content: string;

  @Column({ type: 'text', nullable: true })
  subject: string | null;

  @Column({ type: 'int' })
  revision: number;

  /** Who wrote this text: the member, also when it was through an API key of theirs; or the part of Threadline. */
  @Column({ name: 'author_id', type: 'text' })
  authorId: string;

  /** When this text was written. */
  @Column({ name: 'saved_at', type: 'timestamptz', precision: 3 })
  savedAt: Date;

  /** When the draft last changed, by writing or clearing. */
  @Column({ name: 'updated_at', type: 'timestamptz', precision: 3 })
  updatedAt: Date;
}
