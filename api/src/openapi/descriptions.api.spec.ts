import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { EVENT_TYPES, LOG_MESSAGES, type Problem, PROBLEMS, SERVICES, STATE_MESSAGES } from '@threadline/contracts';
import { routesOf, TestApp } from '../../test';
import { needsProof } from '../platform/access';
import { answersIn, type Description, placesOf } from './description.types';

interface Stream {
  channels: Record<string, { messages: Record<string, { $ref: string }> }>;
  operations: Record<string, { action: string; messages: { $ref: string }[] }>;
  components: { messages: Record<string, { name: string }>; schemas: Record<string, unknown> };
}

describe('the descriptions of the API', () => {
  let app: TestApp;
  let openapi: Description;
  let asyncapi: Stream;

  beforeAll(async () => {
    app = await TestApp.start();
    openapi = (await app.stranger.get<Description>('/api/openapi.json')).body;
    asyncapi = (await app.stranger.get<Stream>('/api/asyncapi.json')).body;
  });
  afterAll(() => app?.stop());

  it('have every route of the API, with the right that its door asks for', () => {
    const described = new Map(
      placesOf(openapi).map(({ path, method, operation }) => [`${method.toUpperCase()} ${path}`, operation]),
    );
    for (const { method, path, door } of routesOf(app)) {
      // SCIM describes itself; numbers for Prometheus are no part of the API.
      if (!path.startsWith('/api/')) continue;
      const place = `${method} ${path.replace(/:(\w+)/g, '{$1}')}`;
      const operation = described.get(place);
      const right = door === 'public' ? undefined : door?.permission;
      expect([place, operation !== undefined, operation?.['x-permission']]).toEqual([place, true, right]);
      const known = door !== 'public' && operation?.security?.length;
      expect([place, Boolean(known)]).toEqual([place, door !== 'public']);
    }
  });

  it('name an API key only where one can be let in', async () => {
    const ways = (path: string, method: 'post' | 'patch') => openapi.paths[path]?.[method]?.security;
    expect(ways('/api/leads', 'post')).toEqual([{ apiKey: [] }, { session: [] }]);
    expect(ways('/api/api-keys', 'post')).toEqual([{ session: [] }]);
    const asking = routesOf(app).filter(({ handler }) => needsProof(handler));
    expect(asking.length).toBeGreaterThan(20);
    for (const { operationId } of asking) {
      const operation = placesOf(openapi).find((place) => place.operation.operationId === operationId)?.operation;
      expect([operationId, operation?.security]).toEqual([operationId, [{ session: [] }]]);
    }
    // The sentence that a newcomer reads first.
    const { body } = await app.stranger.get<Problem>('/api/leads');
    expect(body.detail).toBe('Send `Authorization: Bearer` with an API key or an access token.');
  });

  it('name the errors that a route decides on by itself', () => {
    const codes = (path: string, method: 'post' | 'patch', status: number) => {
      const response = openapi.paths[path]?.[method]?.responses[status];
      return response && '$ref' in response ? response.$ref.split('.').slice(1) : [];
    };
    expect(codes('/api/leads', 'post', 409)).toEqual(['duplicate', 'idempotency_in_progress']);
    expect(codes('/api/leads/{leadId}/messages', 'post', 409)).toContain('conversation_moved');
    expect(codes('/api/leads/{id}', 'patch', 412)).toEqual(['precondition_failed']);
    expect(codes('/api/leads', 'post', 403)).toContain('cross_site');
    const examples = Object.keys(openapi.components.examples ?? {});
    expect(examples.filter((code) => !(code in PROBLEMS))).toEqual([]);
  });

  it('have examples that read like life', () => {
    const placeholders: string[] = [];
    const walk = (value: unknown, at: string): void => {
      if (typeof value === 'string' && /^text\.*$/.test(value)) placeholders.push(at);
      if (typeof value !== 'object' || value === null) return;
      for (const [key, below] of Object.entries(value)) walk(below, `${at}.${key}`);
    };
    const described = [...placesOf(openapi), ...placesOf({ ...openapi, paths: openapi.webhooks ?? {} })];
    for (const { path, method, operation } of described) {
      walk(operation.requestBody?.content['application/json']?.example, `${method} ${path}`);
      for (const [status, { content }] of answersIn(operation)) {
        walk(content?.['application/json']?.example, `${method} ${path} ${status}`);
      }
    }
    expect(placeholders).toEqual([]);
    expect(openapi.paths['/api/webhooks']?.post?.requestBody?.content['application/json']?.example).toMatchObject({
      eventTypes: ['lead.created', 'lead.updated'],
      filters: [{ field: 'data.lead.status', operator: '=', value: 'qualified' }],
    });
  });

  it('have a webhook for each type of event, whose data is that of the event', () => {
    expect(Object.keys(openapi.webhooks ?? {}).sort()).toEqual([...EVENT_TYPES].sort());
    const created = JSON.stringify(openapi.components.schemas['EventEnvelopeLeadCreated']);
    expect(created).toContain('#/components/schemas/EventLead');
  });

  it('of the stream have a channel for each service, and all messages of the contracts', () => {
    const names: Record<string, string> = { ...LOG_MESSAGES, ...STATE_MESSAGES };
    for (const service of SERVICES) {
      expect([service, Object.keys(asyncapi.channels[service]?.messages ?? {})]).toEqual([service, [names[service]]]);
    }
    const sent = Object.values(asyncapi.operations).flatMap(({ action, messages }) =>
      action === 'send' ? messages.map(({ $ref }) => $ref.split('/').at(-1)) : [],
    );
    expect([...new Set(sent)].sort()).toEqual(
      [...Object.values(names), 'typing', 'reset', 'head', 'server_draining', 'signed_out'].sort(),
    );
    const taken = Object.entries(asyncapi.operations).filter(([, { action }]) => action === 'receive');
    expect(taken.map(([id]) => id.split('_').at(-1)).sort()).toEqual(['enter', 'leave', 'subscribe', 'typingNotice']);
    expect(asyncapi.components.messages['typingNotice']?.name).toBe('typing');
  });

  it('can be explored without anything from elsewhere, under the policy of the server', async () => {
    const page = await app.stranger.get<string>('/api/docs');
    expect([page.status, page.headers['content-type']]).toEqual([200, expect.stringContaining('text/html')]);
    expect(page.body).not.toMatch(/<script(?![^>]*\bsrc=)[^>]*>\s*\S/i);
    const sources = [...page.body.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, source]) => source ?? '');
    expect(sources.length).toBeGreaterThan(3);
    for (const source of sources) {
      expect([source, /^(?:https?:)?\/\//.test(source)]).toEqual([source, false]);
      const { status } = await app.stranger.get(new URL(source, `${app.url}/api/docs`).pathname);
      expect([source, status]).toEqual([source, 200]);
    }
    const script = await app.stranger.get<string>('/api/docs/swagger-ui-init.js');
    for (const { operation } of placesOf(openapi))
      expect(script.body).toContain(`"operationId": "${operation.operationId}"`);
  });
});
