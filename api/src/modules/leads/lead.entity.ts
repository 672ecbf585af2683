import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A row of `leads` as it is written. What PostgreSQL computes from it for sorting and searching is not repeated here. */
@Entity('leads')
export class LeadEntity {
  @PrimaryColumn({ name: 'workspace_id', type: 'uuid' })
  workspaceId: string;

  @PrimaryColumn({ type: 'uuid' })
  id: string;

  @Column({ type: 'text' })
  name: string;

  /** In the form of `normaliseEmail`; no two leads of a workspace that are not deleted have the same. */
  @Column({ type: 'text', nullable: true })
  email: string | null;

  @Column({ type: 'text', nullable: true })
  phone: string | null;

  @Column({ type: 'text', nullable: true })
  company: string | null;

  @Column({ type: 'text', nullable: true })
  title: string | null;

  @Column({ type: 'text' })
  status: string;

  @Column({ type: 'text', array: true })
  tags: string[];

  @Column({ name: 'custom_fields', type: 'jsonb' })
  customFields: Record<string, string | number | boolean | null>;

  /** The user id of a member. */
  @Column({ name: 'owner_id', type: 'uuid', nullable: true })
  ownerId: string | null;

  @Column({ name: 'created_at', type: 'timestamptz', precision: 3 })
  createdAt: Date;

  @Column({ name: 'updated_at', type: 'timestamptz', precision: 3 })
  updatedAt: Date;

  /** When something last passed between us and the lead. */
  @Column({ name: 'last_activity_at', type: 'timestamptz', precision: 3, nullable: true })
  lastActivityAt: Date | null;

  /** Since when it is deleted; it can be restored for RESTORE_DAYS. */
  @Column({ name: 'deleted_at', type: 'timestamptz', precision: 3, nullable: true })
  deletedAt: Date | null;
}
