export { WebhooksFiguresController } from './figures.controller';
export { FiguresQueries } from './figures.queries';
