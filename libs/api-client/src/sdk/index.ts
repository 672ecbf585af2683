/** The client for programs: `new Threadline({ baseUrl, apiKey })`. */
export type { Envelope, EnvelopeOf, EventType, Problem, ProblemCode } from '@threadline/contracts';
export type * from '../generated/types.gen';
export { API_VERSION } from '../generated/resources.gen';
export type { Answer, Arguments, Given, ItemOf } from './calls';
export { ThreadlineProblem, type ThreadlineCode } from './problem';
export { Threadline, type ThreadlineOptions } from './threadline';
export { WebhookRefused, WebhookVerifier, type WebhookFault, type WebhookVerifierOptions } from './webhooks';
