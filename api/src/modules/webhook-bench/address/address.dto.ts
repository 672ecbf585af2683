import type { AddressCheck } from '@threadline/contracts';
import { IsBoolean, Length } from 'class-validator';
import { Line, MayBeAbsent } from '../../../platform/http';

export class CheckAddressDto {
  /** Where to deliver. */
  @Line()
  @Length(1, 2048)
  url: string;

  /** True: it is called too, by HEAD and without a body. Left out: it is only judged. */
  @MayBeAbsent()
  @IsBoolean()
  call?: boolean;
}

export class AddressCheckDto implements AddressCheck {
  /** Whether deliveries may go there. */
  allowed: boolean;
  /** Whether something answered, whatever it said; null when it was not called. */
  reachable: boolean | null;
  /** What it answered. */
  status: number | null;
  /** Milliseconds until it had. */
  durationMs: number | null;
  /** What is wrong, in words; null when nothing is. */
  problem: string | null;
}
