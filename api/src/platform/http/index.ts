export { Cursors } from './cursors';
export { HttpModule } from './http.module';
export { createAdapter, prepareServer } from './server';
export { PageQuery } from './page.dto';
