import { describe, expect, it } from '@jest/globals';
import { EVENT_TYPES } from './event-types';
import { eventDataSchema, eventSchemas } from './event-schemas';

describe('the schemas of events', () => {
  it('there is one for each type, with words, and everything it refers to is defined', () => {
    const { events, definitions } = eventSchemas();
    expect(Object.keys(events).sort()).toEqual([...EVENT_TYPES].sort());
    for (const { description, data } of Object.values(events)) {
      expect(description).toMatch(/^[A-Z].{8,}\.$/);
      // Its own, or one that it shares with what is read.
      const [, name = ''] = /^#\/\$defs\/(\w+)$/.exec(String(data.$ref)) ?? [];
      expect(definitions[name] ?? data).toMatchObject({ type: 'object' });
    }
    const named = [...JSON.stringify({ events, definitions }).matchAll(/"\$ref":"#\/\$defs\/(\w+)"/g)];
    expect(new Set(named.map(([, name]) => name))).toEqual(new Set(Object.keys(definitions)));
  });

  it('stand wherever they are put', () => {
    const text = JSON.stringify(eventSchemas('#/components/schemas/'));
    expect(text).toContain('"$ref":"#/components/schemas/Lead"');
    expect(text).not.toContain('#/$defs/');
  });

  it('of one type need nothing from elsewhere', () => {
    const schema = eventDataSchema('message.queued');
    expect(Object.keys(schema.$defs as object).sort()).toEqual(['Conversation', 'Message']);
    expect(schema).toMatchObject({ required: ['message', 'conversation'] });
    expect(eventDataSchema('workspace.renamed')).not.toHaveProperty('$defs');
  });

  it('say what may be null, which words there are, and what is a time', () => {
    const { Lead } = eventSchemas().definitions;
    expect(Lead).toMatchObject({
      properties: {
        email: { type: ['string', 'null'] },
        status: { enum: ['new', 'contacted', 'qualified', 'converted', 'lost'] },
        createdAt: { type: 'string', format: 'date-time' },
        customFields: { additionalProperties: { type: ['string', 'number', 'boolean', 'null'] } },
      },
    });
  });
});
