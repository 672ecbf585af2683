export { Cursors } from './cursors';
export { HttpModule } from './http.module';
export { createAdapter, prepareServer } from './server';
export { PageQuery, toWhole } from './page.dto';
export { ProblemDto, problemSchema } from './problem.dto';
export { serveWeb } from './web';
