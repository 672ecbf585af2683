import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { breakingChanges } from './breaking-changes.mjs';

const lead = {
  type: 'object',
  required: ['id', 'status'],
  properties: {
    id: { type: 'string' },
    status: { type: 'string', enum: ['new', 'lost'] },
    age: { type: ['integer', 'null'] },
  },
};
/** A description of one list of leads and of making one. */
const described = () =>
  structuredClone({
    paths: {
      '/api/leads': {
        get: {
          parameters: [{ name: 'limit', in: 'query', required: false, schema: { type: 'integer', maximum: 200 } }],
          responses: { 200: { content: { 'application/json': { schema: { $ref: '#/components/schemas/Page' } } } } },
          security: [],
        },
        post: {
          requestBody: {
            required: true,
            content: { 'application/json': { schema: { $ref: '#/components/schemas/NewLead' } } },
          },
          responses: {
            201: { content: { 'application/json': { schema: { $ref: '#/components/schemas/Lead' } } } },
            409: {},
          },
        },
      },
    },
    webhooks: { 'lead.created': { post: {} } },
    components: {
      schemas: {
        Lead: lead,
        Page: {
          type: 'object',
          properties: { items: { type: 'array', items: { $ref: '#/components/schemas/Lead' } } },
        },
        NewLead: {
          type: 'object',
          required: ['name'],
          properties: { name: { type: 'string', maxLength: 200 }, status: { type: 'string', enum: ['new', 'lost'] } },
        },
      },
    },
  });
const changed = (change) => {
  const after = described();
  change(after, after.components.schemas);
  return breakingChanges(described(), after);
};

describe('a change of the API', () => {
  it('that changes nothing breaks nothing', () =>
    assert.deepEqual(
      changed(() => {}),
      [],
    ));

  for (const [what, change] of Object.entries({
    'a new path': (after) => (after.paths['/api/new'] = { get: { responses: {} } }),
    'a new field of an answer': (_, { Lead }) => (Lead.properties.name = { type: 'string' }),
    'a new optional field of a body': (_, { NewLead }) => (NewLead.properties.age = { type: 'integer' }),
    'a new value that is taken': (_, { NewLead }) => NewLead.properties.status.enum.push('won'),
    'a new value that is answered': (_, { Lead }) => Lead.properties.status.enum.push('won'),
    'a wider bound': (_, { NewLead }) => (NewLead.properties.name.maxLength = 500),
    'a field that is no longer needed': (_, { NewLead }) => (NewLead.required = []),
    'a new optional parameter': (after) =>
      after.paths['/api/leads'].get.parameters.push({ name: 'q', in: 'query', schema: { type: 'string' } }),
    'another error': (after) => delete after.paths['/api/leads'].post.responses[409],
    'a field that is never null any more': (_, { Lead }) => (Lead.properties.age = { type: 'integer' }),
    'a schema that is written out instead of referred to': (after) => {
      after.paths['/api/leads'].post.responses[201].content['application/json'].schema = { allOf: [lead] };
    },
  })) {
    it(`such as ${what} breaks nobody`, () => assert.deepEqual(changed(change), []));
  }

  for (const [sentence, change] of Object.entries({
    '/api/leads is gone.': (after) => delete after.paths['/api/leads'],
    'POST /api/leads is gone.': (after) => delete after.paths['/api/leads'].post,
    'The webhook lead.created is gone.': (after) => delete after.webhooks['lead.created'],
    'GET /api/leads 200, items, each entry no longer has age.': (_, { Lead }) => {
      delete Lead.properties.age;
    },
    'POST /api/leads, the body newly needs status.': (_, { NewLead }) => NewLead.required.push('status'),
    'POST /api/leads, the body no longer takes status.': (_, { NewLead }) => delete NewLead.properties.status,
    'POST /api/leads, the body, status no longer takes lost.': (_, { NewLead }) => NewLead.properties.status.enum.pop(),
    'POST /api/leads, the body, name no longer takes string.': (_, { NewLead }) =>
      (NewLead.properties.name = { type: 'integer' }),
    'POST /api/leads, the body, name has a narrower maxLength: 100.': (_, { NewLead }) =>
      (NewLead.properties.name.maxLength = 100),
    'POST /api/leads, the body, name newly takes certain values only.': (_, { NewLead }) =>
      (NewLead.properties.name.enum = ['x']),
    'POST /api/leads no longer answers 201.': (after) => {
      const { responses } = after.paths['/api/leads'].post;
      responses[200] = responses[201];
      delete responses[201];
    },
    'GET /api/leads no longer takes the query parameter limit.': (after) =>
      (after.paths['/api/leads'].get.parameters = []),
    'GET /api/leads newly needs the query parameter q.': (after) =>
      after.paths['/api/leads'].get.parameters.push({ name: 'q', in: 'query', required: true, schema: {} }),
    'GET /api/leads, the query parameter limit has a narrower maximum: 50.': (after) =>
      (after.paths['/api/leads'].get.parameters[0].schema.maximum = 50),
    'GET /api/leads newly needs a sign-in.': (after) => (after.paths['/api/leads'].get.security = [{ session: [] }]),
    'GET /api/leads 200 is no longer application/json.': (after) =>
      (after.paths['/api/leads'].get.responses[200].content = { 'text/csv': {} }),
  })) {
    it(`is said when it breaks somebody: ${sentence}`, () => assert.ok(changed(change).includes(sentence)));
  }

  it('is said for each field that may newly be something else, or missing', () => {
    assert.deepEqual(
      changed((after, { Lead, Page }) => {
        after.paths['/api/leads'].get.responses[200].content['application/json'].schema = Page;
        delete after.paths['/api/leads'].post;
        Lead.properties.id = { type: ['string', 'null'] };
        Lead.properties.status = { type: 'string' };
        Lead.required = ['id'];
      }),
      [
        'GET /api/leads 200, items, each entry, id may newly be null.',
        'GET /api/leads 200, items, each entry may newly lack status.',
        'GET /api/leads 200, items, each entry, status may newly be anything.',
        'POST /api/leads is gone.',
      ],
    );
  });
});
