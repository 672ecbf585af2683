import { Injectable, inject } from '@angular/core';
import {
  webhooksAddressCheck,
  eventTypesList,
  type ChangeWebhookDto,
  type CreateWebhookDto,
  deliveriesOne,
  deliveriesPreview,
  deliveriesRedeliver,
  deliveriesReplay,
  deliveriesTest,
  webhooksFiguresList,
  webhooksFiguresOne,
  testReceiversChange,
  testReceiversClear,
  testReceiversCreate,
  testReceiversDelete,
  testReceiversList,
  testReceiversReception,
  testReceiversReceptions,
  webhooksChange,
  webhooksCreate,
  webhooksDelete,
  webhooksList,
  webhooksRotate,
} from '@threadline/api-client';
import type {
  AddressCheck,
  CatalogueDetail,
  CatalogueEntry,
  Delivery,
  DeliveryDetail,
  DeliveryStatus,
  EventType,
  Page,
  ReceiverAnswer,
  Reception,
  ReceptionDetail,
  ReplayRange,
  Webhook,
  WebhookFigures,
  WebhookFilter,
  WebhookKind,
  WebhookReceiver,
  WebhookTest,
} from '@threadline/contracts';
import { Api } from '../../core/api';

/** What can be set of an endpoint. */
export interface WebhookSettings {
  url: string;
  description: string | null;
  eventTypes: EventType[];
  filters: WebhookFilter[];
  ordered: boolean;
  asymmetric: boolean;
  /** Left out: they stay as they are. */
  headers?: Record<string, string>;
}

/** A new endpoint; `secret` is in this answer alone. */
export type MadeWebhook = Webhook & { secret: string | null };

/** Which deliveries are looked for. */
export interface DeliveryFilter {
  status?: DeliveryStatus;
  eventType?: EventType;
}

/** Calls of the webhooks and of their workbench. */
@Injectable({ providedIn: 'root' })
export class WebhooksApi {
  private readonly api = inject(Api);

  list(): Promise<{ items: Webhook[]; asOf: number }> {
    return this.api.run(webhooksList<true>, {});
  }

  /** The types are those of the catalogue, which has none that never leave. */
  create(settings: WebhookSettings & { kind: WebhookKind }): Promise<MadeWebhook> {
    return this.api.run(webhooksCreate<true>, { body: settings as CreateWebhookDto });
  }

  change(id: string, settings: Partial<WebhookSettings & { enabled: boolean }>): Promise<Webhook> {
    return this.api.run(webhooksChange<true>, { path: { id }, body: settings as ChangeWebhookDto });
  }

  async delete(id: string): Promise<void> {
    await this.api.run(webhooksDelete<true>, { path: { id } });
  }

  /** The new secret is in this answer alone. */
  rotate(id: string): Promise<{ secret: string | null; oldUntil: string }> {
    return this.api.run(webhooksRotate<true>, { path: { id } });
  }

  test(id: string): Promise<WebhookTest> {
    return this.api.run(deliveriesTest<true>, { path: { id } }, { timeout: 30_000 });
  }

  /** The newest event first. */
  deliveries(id: string, filter: DeliveryFilter, page: { limit: number; cursor?: string }): Promise<Page<Delivery>> {
    return this.api.get(`/api/webhooks/${id}/deliveries`, { ...filter, ...page });
  }

  delivery(id: string): Promise<DeliveryDetail> {
    return this.api.run(deliveriesOne<true>, { path: { id } });
  }

  redeliver(id: string): Promise<Delivery> {
    return this.api.run(deliveriesRedeliver<true>, { path: { id } });
  }

  async preview(id: string, range: ReplayRange): Promise<number> {
    return (await this.api.run(deliveriesPreview<true>, { path: { id }, body: range })).deliveries;
  }

  async replay(id: string, range: ReplayRange): Promise<number> {
    return (await this.api.run(deliveriesReplay<true>, { path: { id }, body: range })).deliveries;
  }

  async allFigures(): Promise<WebhookFigures[]> {
    return (await this.api.run(webhooksFiguresList<true>, {})).items;
  }

  figures(id: string, hours: number): Promise<WebhookFigures> {
    return this.api.run(webhooksFiguresOne<true>, { path: { id }, query: { hours } });
  }

  async catalogue(): Promise<CatalogueEntry[]> {
    return (await this.api.run(eventTypesList<true>, {})).items;
  }

  eventType(type: string): Promise<CatalogueDetail> {
    return this.api.get(`/api/webhook-bench/event-types/${encodeURIComponent(type)}`, {});
  }

  check(url: string, call: boolean): Promise<AddressCheck> {
    return this.api.run(webhooksAddressCheck<true>, { body: { url, call } });
  }

  async receivers(): Promise<WebhookReceiver[]> {
    return (await this.api.run(testReceiversList<true>, {})).items;
  }

  makeReceiver(): Promise<WebhookReceiver> {
    return this.api.run(testReceiversCreate<true>, {});
  }

  answer(id: string, answer: ReceiverAnswer): Promise<WebhookReceiver> {
    return this.api.run(testReceiversChange<true>, { path: { id }, body: { answer } });
  }

  async deleteReceiver(id: string): Promise<void> {
    await this.api.run(testReceiversDelete<true>, { path: { id } });
  }

  async clear(id: string): Promise<void> {
    await this.api.run(testReceiversClear<true>, { path: { id } });
  }

  async receptions(id: string): Promise<Reception[]> {
    return (await this.api.run(testReceiversReceptions<true>, { path: { id } })).items;
  }

  reception(id: string): Promise<ReceptionDetail> {
    return this.api.run(testReceiversReception<true>, { path: { id } });
  }
}
