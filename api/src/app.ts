import { NestFactory } from '@nestjs/core';
import type { DynamicModule } from '@nestjs/common';
import type { FastifyAdapter, NestFastifyApplication } from '@nestjs/platform-fastify';
import { Logger } from 'nestjs-pino';
import { MIGRATIONS } from '../migrations';
import { AppModule } from './app.module';
import { describeApi } from './openapi.document';
import type { Config } from './platform/config';
import { prepareDatabase } from './platform/database';
import { createAdapter, prepareServer, serveWeb } from './platform/http';
import { LiveAdapter } from './reactions/live';

/** Makes the Nest application of a module, without body parsers beside Fastify's own; tests put their own clock in here. */
export type Assemble = (module: DynamicModule, adapter: FastifyAdapter) => Promise<NestFastifyApplication>;

const assembleForReal: Assemble = (module, adapter) =>
  NestFactory.create<NestFastifyApplication>(module, adapter, {
    bufferLogs: true,
    abortOnError: false,
    bodyParser: false,
  });

/** The whole application, its database prepared, not yet listening. */
export async function createApp(config: Config, assemble = assembleForReal): Promise<NestFastifyApplication> {
  await prepareDatabase(config, MIGRATIONS);
  const app = await assemble(AppModule.of(config), createAdapter(config));
  app.useLogger(app.get(Logger));
  app.enableShutdownHooks();
  app.useWebSocketAdapter(new LiveAdapter(app));
  await prepareServer(app, config);
  await describeApi(app);
  await serveWeb(app, config);
  return app;
}
