export { CatalogueController } from './catalogue.controller';
export { CatalogueQueries } from './catalogue.queries';
