import type { CheckpointDelivery } from '@threadline/contracts';
import { ArrayMaxSize, ArrayUnique, IsArray, IsIn, IsUUID } from 'class-validator';

export class CheckpointDeliveryInputDto {
  /** User ids of members who may read the log; none: no mail. */
  @IsArray()
  @ArrayUnique()
  @ArrayMaxSize(20)
  @IsUUID('all', { each: true })
  recipientIds: string[];

  /** How often at most. A checkpoint is made every hour in which something happened. */
  @IsIn(['hour', 'day'])
  every: 'hour' | 'day';
}

export class CheckpointDeliveryDto implements CheckpointDelivery {
  recipientIds: string[];
  every: 'hour' | 'day';
  /** When one was mailed last. */
  mailedAt: string | null;
}

export class CheckpointSentDto {
  /** Entries it covers. */
  size: number;
  /** People it was mailed to. */
  mailedTo: number;
  /** Streams it goes to, each after the entries it covers. */
  streams: number;
}
