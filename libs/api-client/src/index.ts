/** The client of Threadline's API, generated from its OpenAPI description by `npm run api-client`. */
export * from './generated';
