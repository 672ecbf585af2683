export { Addresses } from './addresses.service';
export { about, EndpointStates } from './endpoint-states.service';
export { matches } from './filter.rules';
export { WebhookMakersReaction } from './makers.reaction';
export { WebhooksController } from './webhooks.controller';
export { WebhookParams } from './webhooks.dto';
export { WebhooksQueries } from './webhooks.queries';
export { SEALED_WEBHOOK_HEADERS, Webhooks } from './webhooks.service';
