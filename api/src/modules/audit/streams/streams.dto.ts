import { ApiProperty } from '@nestjs/swagger';
import { AUDIT_STREAM_KINDS, type AuditStream, type AuditStreamKind } from '@threadline/contracts';
import { IsBoolean, IsIn, IsInt, IsOptional, Length, Max, MaxLength, Min } from 'class-validator';
import { Line, MayBeAbsent, Text } from '../../../platform/http';

export class NewAuditStreamDto {
  /** What it is called, 1 to 100 characters. */
  @Line()
  @Length(1, 100)
  name: string;

  /** `webhook`: JSON by HTTP, signed as Standard Webhooks; `syslog`: RFC 5424 by TLS or TCP, octet-counted. */
  @IsIn(AUDIT_STREAM_KINDS)
  kind: AuditStreamKind;

  /** Of a webhook: where it is posted to. */
  @MayBeAbsent()
  @Line()
  @Length(1, 2000)
  url?: string;

  /** Of syslog: name or address of the collector. */
  @MayBeAbsent()
  @Line()
  @Length(1, 253)
  host?: string;

  /** Of syslog. */
  @MayBeAbsent()
  @IsInt()
  @Min(1)
  @Max(65535)
  port?: number;

  /** Of syslog: by TLS, which is how it is when this is left out. Plain TCP reaches networks of the operator's list only. */
  @MayBeAbsent()
  @IsBoolean()
  tls?: boolean;

  /** Of syslog by TLS: a certificate in PEM to trust beside the well-known ones. */
  @IsOptional()
  @Text()
  @MaxLength(20_000)
  certificate?: string | null;

  /** Whether entries are sent; true when left out. */
  @MayBeAbsent()
  @IsBoolean()
  entries?: boolean;

  /** Whether checkpoints are sent; true when left out. */
  @MayBeAbsent()
  @IsBoolean()
  checkpoints?: boolean;

  /** `now`: what happens from now on; `beginning`: everything there is. */
  @IsIn(['now', 'beginning'])
  from: 'now' | 'beginning';
}

export class AuditStreamChangeDto {
  @MayBeAbsent()
  @Line()
  @Length(1, 100)
  name?: string;

  /** Of a webhook. */
  @MayBeAbsent()
  @Line()
  @Length(1, 2000)
  url?: string;

  /** Of syslog. */
  @MayBeAbsent()
  @Line()
  @Length(1, 253)
  host?: string;

  /** Of syslog. */
  @MayBeAbsent()
  @IsInt()
  @Min(1)
  @Max(65535)
  port?: number;

  /** Of syslog. */
  @MayBeAbsent()
  @IsBoolean()
  tls?: boolean;

  /** Of syslog by TLS; null for the well-known ones only. */
  @IsOptional()
  @Text()
  @MaxLength(20_000)
  certificate?: string | null;

  @MayBeAbsent()
  @IsBoolean()
  entries?: boolean;

  @MayBeAbsent()
  @IsBoolean()
  checkpoints?: boolean;

  /** `paused` keeps its place; `active` goes on from there, also after it was disabled. */
  @MayBeAbsent()
  @IsIn(['active', 'paused'])
  state?: 'active' | 'paused';
}

export class AuditStreamDto implements AuditStream {
  id: string;
  name: string;
  @ApiProperty({ enum: AUDIT_STREAM_KINDS })
  kind: AuditStreamKind;
  /** Of a webhook; null for syslog. */
  url: string | null;
  /** Of syslog; null for a webhook. */
  host: string | null;
  port: number | null;
  tls: boolean;
  certificate: string | null;
  entries: boolean;
  checkpoints: boolean;
  /** `disabled`: nothing could be delivered for five days, or the receiver said that it is gone. */
  state: 'active' | 'paused' | 'disabled';
  createdAt: string;
  /** The last entry that was taken. */
  position: number;
  /** Entries that were not taken yet. */
  lag: number;
  lastDeliveredAt: string | null;
  /** Tries in a row that failed. */
  failures: number;
  lastError: string | null;
  lastErrorAt: string | null;
  /** When it is tried again; null when nothing is waiting. */
  nextAt: string | null;
}

export class NewAuditStreamAnswerDto extends AuditStreamDto {
  /** What a webhook's bodies are signed with, shown this once; null for syslog, and when an Idempotency-Key answers again. */
  secret: string | null;
}

export class AuditStreamSecretDto {
  /** The new one, shown this once; null when an Idempotency-Key answers again. */
  secret: string | null;
}

export class AuditStreamListDto {
  items: AuditStreamDto[];
  /** Always null: they come as one page. */
  nextCursor: string | null;
}

export class AuditStreamTestDto {
  /** Whether the receiver took it. */
  ok: boolean;
  /** Milliseconds. */
  tookMs: number;
  /** Why not, in words. */
  error: string | null;
}
