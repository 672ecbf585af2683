import type { INestApplication } from '@nestjs/common';
import { DocumentBuilder, type OpenAPIObject, SwaggerModule } from '@nestjs/swagger';
import { AnswerShapes, NEWEST_VERSION, operationIdOf, ProblemDto, problemSchema } from './platform/http';
import metadata from './metadata';
import { answersOf, complete, type Description, describeStream } from './openapi/index';

const ABOUT = `Leads, conversations, drafts, tracking and live events of a Threadline workspace.

**Signing in.** \`Authorization: Bearer …\` with an API key (\`tl_…\`, made in Settings → API keys) or the access token of a session.

**SDKs** come with this installation. TypeScript: \`npm install <address>/sdk/threadline-sdk.tgz\` ([the package](/sdk/threadline-sdk.tgz)). Python: \`pip install <address>/sdk/threadline-0.1.0-py3-none-any.whl\` ([the wheel](/sdk/threadline-0.1.0-py3-none-any.whl)). Their groups are those below: \`threadline.leads.list()\`.

**Lists** take \`limit\` (1 to 200) and \`cursor\`, and answer \`{items, nextCursor}\`. **Errors** are problems (RFC 9457) with a \`code\` that a program can switch on. **Limits**: every answer says how it stands in \`RateLimit-*\`; 429 and 503 bear \`Retry-After\`.

**Doing nothing twice.** Send \`Idempotency-Key\` with a POST, and repeat it freely for 24 hours. **Changing what has not moved**: send the \`ETag\` you read as \`If-Match\`. **Asking again**: send it as \`If-None-Match\`. **Asking for less**: \`?fields=id,name\`. **Asking for many things at once**: POST /api/batch.

**Versions** have dates. Name the one you were written for in \`Threadline-Version\`; an API key that names none gets the one of the day it was made, a session the newest. A version is answered for at least a year after the next one came, and says so in \`Deprecation\` and \`Sunset\`. New fields, operations, event types and optional parameters are no new version.

The live stream is described in [/api/asyncapi.json](/api/asyncapi.json).`;

/** The OpenAPI 3.1 description of this application, from its controllers and DTOs. */
export async function createDocument(app: INestApplication): Promise<OpenAPIObject> {
  await SwaggerModule.loadPluginMetadata(metadata);
  return documentOf(app);
}

function documentOf(app: INestApplication): OpenAPIObject {
  const about = new DocumentBuilder()
    .setOpenAPIVersion('3.1.0')
    .setTitle('Threadline')
    .setDescription(ABOUT)
    .setLicense('AGPL-3.0-only', 'https://www.gnu.org/licenses/agpl-3.0.html')
    .setVersion(NEWEST_VERSION)
    .addGlobalResponse({ status: 'default', description: 'Any other error: RFC 9457.', ...problemSchema })
    .build();
  const document = SwaggerModule.createDocument(app, about, {
    extraModels: [ProblemDto],
    operationIdFactory: operationIdOf,
  });
  // The types of @nestjs/swagger are of 3.0; ours are of what it writes.
  return complete(document as unknown as Description, app) as unknown as OpenAPIObject;
}

/**
 * Serves the descriptions at /api/openapi.json and /api/asyncapi.json and an explorer at /api/docs; they are made when
 * somebody first asks.
 */
export async function describeApi(app: INestApplication): Promise<void> {
  await SwaggerModule.loadPluginMetadata(metadata);
  let known: OpenAPIObject | undefined;
  const document = () => (known ??= documentOf(app));
  SwaggerModule.setup('api/docs', app, document, {
    jsonDocumentUrl: 'api/openapi.json',
    customSiteTitle: 'Threadline API',
    // Closed groups and a filter: all operations at once are more than a page can show.
    swaggerOptions: { persistAuthorization: false, docExpansion: 'none', filter: true },
  });
  app.get(AnswerShapes).readFrom(() => answersOf(document() as unknown as Description));
  serveStreamDescription(app);
}

function serveStreamDescription(app: INestApplication): void {
  let text: string | undefined;
  const server = app.getHttpAdapter();
  server.get('/api/asyncapi.json', (_: unknown, reply: { type(type: string): { send(body: string): void } }) => {
    reply.type('application/json; charset=utf-8').send((text ??= JSON.stringify(describeStream())));
  });
}
