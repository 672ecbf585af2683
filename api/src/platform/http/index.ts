export { Cursors } from './cursors';
export { Id, Line, MayBeAbsent, OptionalLine, Text, Whole } from './fields';
export { HttpModule } from './http.module';
export { asRefusal, keepDenial } from './problem.filter';
export { createAdapter, prepareServer } from './server';
export { PageQuery, toWhole } from './page.dto';
export { ProblemDto, problemSchema } from './problem.dto';
export { serveWeb } from './web';
export { refuseOtherSites } from './other-sites';
