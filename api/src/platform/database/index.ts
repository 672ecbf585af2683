export { CONNECTION_LIMITS, type DatabaseLogins, loginsOf, ROLES, SCHEMA } from './logins';
export { DatabaseModule } from './database.module';
export { databaseRefusal, isDiskFull, isDuplicate, isReferredTo } from './database.errors';
export { migrateDatabase, prepareDatabase } from './prepare';
export { Installation } from './installation';
export { mayGoOut } from './outgoing-pause';
export { SteadyClient } from './steady-client';
export { SystemDatabase } from './system.database';
