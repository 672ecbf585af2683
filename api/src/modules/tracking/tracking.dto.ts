import { ApiProperty } from '@nestjs/swagger';
import { HIT_KINDS, type Hit, type HitEvidence, type HitKind, VERDICTS, type Verdict } from '@threadline/contracts';

/** What was seen of a hit, and what it was judged by. */
export class HitEvidenceDto implements HitEvidence {
  method: string;
  userAgent: string | null;
  /** /24 for IPv4, /48 for IPv6; more is not kept. */
  addressPrefix: string | null;
  /** The known network the address lay in. */
  network: string | null;
  /** Milliseconds since the mail server took the message; null when that was not on record. */
  sinceHandedMs: number | null;
  /** The request called itself a prefetch or preview. */
  prefetch: boolean;
  /** A browser that a person moved. */
  navigation: boolean;
  /** The set of rules that judged. */
  ruleset: string;
}

/** One hit on a pixel or a tracked link. */
export class HitDto implements Hit {
  id: string;
  @ApiProperty({ enum: HIT_KINDS })
  kind: HitKind;
  at: string;
  @ApiProperty({ enum: VERDICTS })
  verdict: Verdict;
  /** The rule that decided, for example `R9-window`. */
  rule: string;
  /** The one hit that moved the counter. */
  counted: boolean;
  /** Where a click led; `honeypot` clicks have the address of the invisible link. */
  link?: string;
  evidence: HitEvidenceDto;
}

export class HitPageDto {
  items: HitDto[];
  nextCursor: string | null;
  /** The log's position these hits contain. */
  asOf: number;
}
