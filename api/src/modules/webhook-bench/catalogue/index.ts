export { EventTypesController } from './event-types.controller';
export { CatalogueQueries } from './catalogue.queries';
