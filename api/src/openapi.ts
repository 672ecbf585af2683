import { writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { AppModule } from './app.module';
import { describeStream } from './openapi/index';
import { createDocument } from './openapi.document';
import { parseConfig } from './platform/config';

/**
 * Writes the API's description to the file named as the argument, and the stream's beside it as asyncapi.json, without a
 * database: nothing is instantiated in preview mode.
 */
async function write(file: string): Promise<void> {
  const config = parseConfig({ DATABASE_URL: 'postgres://localhost/threadline', APP_SECRET: 'x'.repeat(32) });
  const app = await NestFactory.create<NestFastifyApplication>(AppModule.of(config), new FastifyAdapter(), {
    preview: true,
    logger: false,
  });
  writeFileSync(file, `${JSON.stringify(await createDocument(app), null, 2)}\n`);
  writeFileSync(join(dirname(file), 'asyncapi.json'), `${JSON.stringify(describeStream(), null, 2)}\n`);
}

const file = process.argv[2];
if (!file) throw new Error('Name the file to write.');
await write(file);
