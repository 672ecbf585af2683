export { FiguresController } from './figures.controller';
export { FiguresQueries } from './figures.queries';
