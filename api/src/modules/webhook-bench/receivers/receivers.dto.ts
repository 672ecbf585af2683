import { ApiProperty } from '@nestjs/swagger';
import {
  RECEIVER_ANSWERS,
  type ReceiverAnswer,
  type Reception,
  type ReceptionDetail,
  type WebhookReceiver,
} from '@threadline/contracts';
import { IsIn } from 'class-validator';
import { Id } from '../../../platform/http';

export class ReceiverParams {
  @Id()
  id: string;
}

export class ChangeReceiverDto {
  /** How it answers from now on: 200, 500, 429, 410, or 200 after 20 seconds. */
  @IsIn(RECEIVER_ANSWERS)
  @ApiProperty({ enum: RECEIVER_ANSWERS })
  answer: ReceiverAnswer;
}

export class ReceiverDto implements WebhookReceiver {
  /** Of the receiver. */
  id: string;
  /** Anybody who knows it may send there; nobody can read there by it. */
  url: string;
  /** How it answers: 200, 500, 429, 410, or 200 after 20 seconds. */
  @ApiProperty({ enum: RECEIVER_ANSWERS })
  answer: ReceiverAnswer;
  /** When it was made. */
  createdAt: string;
  /** How many requests are kept: the newest 100, for a day. */
  kept: number;
  /** When the newest of them came. */
  lastReceivedAt: string | null;
}

export class ReceiverListDto {
  /** The newest first. */
  items: ReceiverDto[];
  /** Always null: a workspace has 10 receivers at most. */
  nextCursor: string | null;
}

export class ReceptionDto implements Reception {
  /** Of what was received. */
  id: string;
  /** When it came. */
  receivedAt: string;
  /** Of the request. */
  method: string;
  /** `webhook-id`, where there was one: the event's id. */
  webhookId: string | null;
  /** Bytes of the body. */
  bytes: number;
  /** What it was answered with. */
  answeredStatus: number;
}

export class ReceptionListDto {
  /** The newest first. */
  items: ReceptionDto[];
  /** Always null: 100 are kept. */
  nextCursor: string | null;
}

export class ReceptionHeaderDto {
  /** As it was written. */
  name: string;
  /** As it was written. */
  value: string;
}

export class ReceptionDetailDto extends ReceptionDto implements ReceptionDetail {
  /** As they came, in their order. */
  headers: ReceptionHeaderDto[];
  /** The first 64 KiB. */
  body: string;
  /** base64 where it is no text. */
  @ApiProperty({ enum: ['utf8', 'base64'] })
  encoding: 'utf8' | 'base64';
  /** True when the body was longer. */
  cut: boolean;
}
