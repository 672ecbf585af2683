import { Global, Logger, Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { Config } from '../config';
import { Heartbeat } from './heartbeat';
import { Installation } from './installation';
import { CONNECTION_LIMITS, loginsOf, SCHEMA } from './logins';
import { MonthsAhead } from './months-ahead';
import { SteadyClient } from './steady-client';
import { SystemDatabase } from './system.database';
import { READING } from './timestamps';

@Global()
@Module({
  imports: [
    TypeOrmModule.forRootAsync({
      inject: [Config],
      useFactory: (config: Config) => ({
        type: 'postgres' as const,
        url: loginsOf(config).app.url,
        schema: SCHEMA,
        autoLoadEntities: true,
        installExtensions: false,
        uuidExtension: 'pgcrypto' as const,
        retryAttempts: 3,
        poolErrorHandler: (error: Error) =>
          new Logger('database').warn(`an idle connection was lost: ${error.message}`),
        extra: {
          Client: SteadyClient,
          max: 20,
          connectionTimeoutMillis: CONNECTION_LIMITS.connect,
          query_timeout: CONNECTION_LIMITS.answer,
          application_name: 'threadline-app',
          // Statements that follow each other without waiting share one round trip (see UnitOfWork).
          pipeline: true,
          types: READING,
        },
      }),
    }),
  ],
  providers: [SystemDatabase, Heartbeat, Installation, MonthsAhead],
  exports: [SystemDatabase, Installation],
})
export class DatabaseModule {}
