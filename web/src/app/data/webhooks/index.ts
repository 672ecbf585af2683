export {
  checkSignatures,
  type Finding,
  findings,
  headersIn,
  keyBytes,
  type ReceivedMessage,
  type SentMessage,
  type SignatureCheck,
} from './signature.rules';
export { type DeliveryFilter, type MadeWebhook, WebhooksApi, type WebhookSettings } from './webhooks.api';
export type { Listed } from './webhooks.rules';
export { DeliveryList, WebhooksStore } from './webhooks.store';
