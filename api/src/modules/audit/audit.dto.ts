import {
  AUDIT_OUTCOMES,
  type AuditActor,
  type AuditChange,
  type AuditEntry,
  type AuditOutcome,
  type AuditVerification,
  REF_KINDS,
  type Ref,
  type RefKind,
} from '@threadline/contracts';
import type { ConsistencyProof, InclusionProof } from '@threadline/audit';
import { ApiProperty } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { IsIn, IsInt, IsISO8601, IsOptional, IsString, Length, Matches, MaxLength, Min } from 'class-validator';
import { PageQuery, toWhole } from '../../platform/http';

export class AuditListParams extends PageQuery {
  /** The id of a person, an API key, or a part of Threadline. */
  @IsOptional()
  @IsString()
  @Length(1, 100)
  actorId?: string;

  @IsOptional()
  @IsIn(AUDIT_OUTCOMES)
  outcome?: AuditOutcome;

  /** `lead.updated`, with or without its version, or everything that is done to a kind of thing: `lead.*`, or `lead`. */
  @IsOptional()
  @Matches(/^[a-z_]+(\.(\*|[a-z_]+(\.v\d+)?))?$/, { message: 'action must be such as lead.updated, or lead.*' })
  @MaxLength(100)
  action?: string;

  /** A noun whose entries are left out: `draft`. */
  @IsOptional()
  @Matches(/^[a-z_]+$/, { message: 'without must be a noun such as draft' })
  @MaxLength(100)
  without?: string;

  @IsOptional()
  @IsIn(REF_KINDS)
  targetType?: RefKind;

  @IsOptional()
  @IsString()
  @Length(1, 100)
  targetId?: string;

  /** From this moment on. */
  @IsOptional()
  @IsISO8601({ strict: true })
  from?: string;

  /** Before this moment. */
  @IsOptional()
  @IsISO8601({ strict: true })
  to?: string;

  @IsOptional()
  @IsString()
  @Length(1, 45)
  ip?: string;

  @IsOptional()
  @IsString()
  @Length(1, 100)
  requestId?: string;

  /**
   * Words, all of which an entry has to have to do with: an address, a request, an id, the name of a person or a lead
   * as it is today, or the beginning of a word of its action, outcome, reason and what is not sealed of its changes.
   */
  @IsOptional()
  @IsString()
  @Length(1, 100)
  q?: string;

  /** Only entries after this number: for a screen that follows the log. It leaves no entry of its own. */
  @IsOptional()
  @Transform(({ value }) => toWhole(value))
  @IsInt()
  @Min(0)
  after?: number;
}

export class AuditCredentialDto {
  kind: 'session' | 'api_key' | 'scim_token';
  id: string;
}

export class AuditActorDto implements AuditActor {
  type: 'user' | 'api_key' | 'system' | 'contact';
  id: string;
  /** Null once the person was erased, and for Threadline itself. */
  name: string | null;
  /** What they came in by. */
  credential: AuditCredentialDto | null;
}

export class AuditChangeDto implements AuditChange {
  field: string;
  before: unknown;
  after: unknown;
}

export class AuditEntryDto implements AuditEntry {
  id: string;
  /** Counts up by one for each workspace, without gaps. */
  seq: number;
  occurredAt: string;
  /** What was done, with the version of its meaning: `lead.updated.v1`. */
  action: string;
  outcome: AuditOutcome;
  actor: AuditActorDto;
  /** Refs: `lead:…`. */
  @ApiProperty({ type: [String] })
  targets: Ref[];
  changes: AuditChangeDto[];
  ip: string | null;
  userAgent: string | null;
  requestId: string | null;
  /** Why, in a word: the rule of an automatic act, the code of a refusal. */
  reason: string | null;
  /** Whose personal fields were erased and cannot be shown any more. */
  @ApiProperty({ type: [String] })
  erased: Ref[];
  /** Its link in the chain, hex. */
  hash: string;
}

export class AuditPageDto {
  items: AuditEntryDto[];
  nextCursor: string | null;
}

export class AuditFindingDto {
  seq: number | null;
  what: string;
}

export class AuditVerificationDto implements AuditVerification {
  ok: boolean;
  entries: number;
  /** Hash of the last entry, hex. */
  head: string;
  /** The first entry that is not what it was. */
  firstBroken?: number;
  findings: AuditFindingDto[];
  /** What this check cannot tell, in words. */
  cannotTell: string[];
}

export class CheckpointDto {
  workspaceId: string;
  /** Entries it covers. */
  size: number;
  /** Root of the Merkle tree over them (RFC 9162), hex. */
  root: string;
  /** Hash of the last of them, hex. */
  head: string;
  at: string;
  /** Root of the checkpoint before, hex. */
  previous: string | null;
  /** Ed25519 over the canonical JSON of the fields above, base64. */
  signature: string;
  /** Raw, base64. */
  publicKey: string;
}

export class CheckpointListDto {
  items: CheckpointDto[];
  /** Always null: the newest 200. */
  nextCursor: string | null;
}

export class ProofParams {
  /** Size of the checkpoint the entry is proved to be in; absent: the newest. */
  @IsOptional()
  @Transform(({ value }) => toWhole(value))
  @IsInt()
  @Min(1)
  size?: number;
}

export class ConsistencyParams {
  /** Entries of the log before, such as an earlier checkpoint's size. */
  @Transform(({ value }) => toWhole(value))
  @IsInt()
  @Min(1)
  from: number;

  /** Entries of the log after. */
  @Transform(({ value }) => toWhole(value))
  @IsInt()
  @Min(1)
  to: number;
}

export class InclusionProofDto implements InclusionProof {
  kind: 'inclusion';
  /** The entry's place in the tree, from 0: its number less one. */
  leafIndex: number;
  /** Leaves of the tree: the checkpoint's size. */
  treeSize: number;
  /** The entry's hash, which is its leaf; hex. */
  leaf: string;
  /** Hash of the entry before it, hex; zeros for the first. The leaf is SHA-256 of 0x00, the entry's canonical JSON and this. */
  previous: string;
  /** Siblings on the way from the leaf to the root (RFC 9162, 2.1.3), hex. */
  path: string[];
  /** The entry as it was chained; what is personal stays sealed. */
  @ApiProperty({ type: 'object', additionalProperties: true })
  entry: InclusionProof['entry'];
  checkpoint: CheckpointDto;
}

export class TreeDto {
  /** Entries. */
  size: number;
  /** Root of the Merkle tree over them, hex. */
  root: string;
}

export class ConsistencyProofDto implements ConsistencyProof {
  kind: 'consistency';
  from: TreeDto;
  to: TreeDto;
  /** Nodes from which both roots are computed (RFC 9162, 2.1.4), hex. */
  path: string[];
}

export class AuditExportParams {
  @IsIn(['csv', 'jsonl'])
  format: 'csv' | 'jsonl';
}
