/** The client of Threadline's API, generated from its OpenAPI description by `npm run api-client`. */
export * from './generated';
export { createClient } from './generated/client';
export type { Client } from './generated/client';
