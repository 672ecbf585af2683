export {
  DeliveriesQueries,
  DeliverySender,
  FanOut,
  Payloads,
  Replays,
  RestoredDeliveries,
  type Target,
  visibleEvents,
} from './deliveries';
export { Addresses, SEALED_WEBHOOK_HEADERS, Webhooks, WebhooksQueries } from './endpoints';
export { SEALED_WEBHOOK_SECRETS, type Signers, signatureHeaders, WebhookSecrets } from './signing';
export { WebhooksModule } from './webhooks.module';
