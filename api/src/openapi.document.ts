import type { INestApplication } from '@nestjs/common';
import { DocumentBuilder, type OpenAPIObject, SwaggerModule } from '@nestjs/swagger';
import { ProblemDto, problemSchema } from './platform/http';
import metadata from './metadata';

/** The OpenAPI 3.1 description of this application, from its controllers and DTOs. */
export async function createDocument(app: INestApplication): Promise<OpenAPIObject> {
  await SwaggerModule.loadPluginMetadata(metadata);
  return documentOf(app);
}

function documentOf(app: INestApplication): OpenAPIObject {
  const about = new DocumentBuilder()
    .setOpenAPIVersion('3.1.0')
    .setTitle('Threadline')
    .setDescription('Leads, conversations, drafts, tracking and live events of a Threadline workspace.')
    .setVersion('1')
    .addBearerAuth({ type: 'http', scheme: 'bearer', description: 'An access token from POST /api/auth/login.' })
    .addSecurityRequirements('bearer')
    .addGlobalResponse({ status: 'default', description: 'Any error: RFC 9457.', ...problemSchema })
    .build();
  const document = SwaggerModule.createDocument(app, about, {
    extraModels: [ProblemDto],
    operationIdFactory: (controller, method) => `${lower(controller.replace(/Controller$/, ''))}${upper(method)}`,
  });
  offerIdempotency(document);
  return document;
}

/** Any signed-in POST takes an Idempotency-Key; said once here instead of at each of them. */
function offerIdempotency(document: OpenAPIObject): void {
  for (const [path, { post }] of Object.entries(document.paths)) {
    if (!post || path.startsWith('/api/auth/')) continue;
    post.parameters = [
      ...(post.parameters ?? []),
      {
        name: 'Idempotency-Key',
        in: 'header',
        required: false,
        description: 'The same key and body within 24 hours answers the first result again and does nothing twice.',
        schema: { type: 'string', minLength: 1, maxLength: 255 },
      },
    ];
  }
}

/** Serves the description at /api/openapi.json and an explorer at /api/docs; it is made when somebody first asks. */
export async function describeApi(app: INestApplication): Promise<void> {
  await SwaggerModule.loadPluginMetadata(metadata);
  SwaggerModule.setup('api/docs', app, () => documentOf(app), {
    jsonDocumentUrl: 'api/openapi.json',
    customSiteTitle: 'Threadline API',
    swaggerOptions: { persistAuthorization: false },
  });
}

function lower(word: string): string {
  return word.charAt(0).toLowerCase() + word.slice(1);
}

function upper(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}
