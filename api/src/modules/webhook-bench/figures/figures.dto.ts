import type { WebhookFigures, WebhookHour } from '@threadline/contracts';
import { Max, Min } from 'class-validator';
import { Id, MayBeAbsent, Whole } from '../../../platform/http';

export class FiguresParams {
  @Id()
  id: string;
}

export class FiguresQuery {
  /** How many hours back, this one included: 1 to 168; 24 when left out. */
  @MayBeAbsent()
  @Whole()
  @Min(1)
  @Max(168)
  hours?: number;
}

export class WebhookHourDto implements WebhookHour {
  /** When it began. */
  at: string;
  /** Attempts that the receiver answered with success. */
  delivered: number;
  /** All others. */
  failed: number;
  /** Milliseconds that half of the attempts took at most; null without any. */
  p50: number | null;
  /** Milliseconds that 95 of 100 attempts took at most. */
  p95: number | null;
}

export class WebhookFiguresDto implements WebhookFigures {
  /** The endpoint. */
  webhookId: string;
  /** Attempts that the receiver answered with success. */
  delivered: number;
  /** All others. */
  failed: number;
  /** Percent of the attempts that were answered with success; null without any. */
  successRate: number | null;
  /** Milliseconds that half of the attempts took at most; null without any. */
  p50: number | null;
  /** Milliseconds that 95 of 100 attempts took at most. */
  p95: number | null;
  /** Deliveries that wait now. */
  pending: number;
  /** The oldest first, empty hours too. */
  hours: WebhookHourDto[];
}

export class FiguresListDto {
  /** Of every endpoint, for the last 24 hours. */
  items: WebhookFiguresDto[];
  /** Always null: a workspace has 50 endpoints at most. */
  nextCursor: string | null;
}
