import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Type } from '@nestjs/common';
import { defaultMetadataStorage } from 'class-transformer/cjs/storage.js';
import { getMetadataStorage } from 'class-validator';
import { routesOf, TestApp } from '../../test';
import { type Description, isParameter, type Operation, placesOf, resolved, type Schema } from './description.types';

/** What is described of one field: its own words, and the schema that says what is in it. */
type Fields = ReadonlyMap<string, Schema>;

describe('what a request is described to take', () => {
  let app: TestApp;
  let document: Description;
  let operations: Map<string, Operation>;

  beforeAll(async () => {
    app = await TestApp.start();
    document = (await app.stranger.get<Description>('/api/openapi.json')).body;
    operations = new Map(placesOf(document).map(({ operation }) => [operation.operationId, operation]));
  });
  afterAll(() => app?.stop());

  /** All inputs of all described routes, as the route takes them and as it is described. */
  const inputs = () =>
    routesOf(app).flatMap(({ method, path, operationId, inputs }) => {
      const operation = operations.get(operationId);
      if (!operation) return [];
      return (['body', 'query', 'path'] as const).flatMap((where) => {
        const type = inputs[where];
        if (!type) return [];
        return [{ place: `${method} ${path} ${where}`, type, described: fieldsOf(document, operation, where) }];
      });
    });

  it('is exactly what its DTO takes, down to the last field, and each field says what it is', () => {
    const checked = inputs();
    for (const { place, type, described } of checked) compare(document, place, type, described);
    // The check sees what it is about.
    const fields = checked.find(({ place }) => place === 'POST /api/webhooks body')?.described;
    expect([...(fields?.keys() ?? [])]).toEqual(expect.arrayContaining(['url', 'description', 'filters', 'enabled']));
    expect(checked.length).toBeGreaterThan(100);
  });
});

function compare(document: Description, place: string, type: Type, described: Fields): void {
  const taken = takenBy(type);
  expect([place, [...described.keys()].sort()]).toEqual([place, [...taken].sort()]);
  for (const [field, schema] of described) {
    const at = `${place}: ${field}`;
    expect([at, schema.description]).toEqual([at, expect.stringMatching(/\S/)]);
    const below = nestedIn(type, field);
    if (below) compare(document, at, below, propertiesOf(document, schema));
  }
}

/** What the validator of a DTO knows, and therefore lets through. */
function takenBy(type: Type): Set<string> {
  const rules = getMetadataStorage().getTargetValidationMetadatas(type, '', true, false);
  return new Set(rules.map(({ propertyName }) => propertyName));
}

/** The DTO that a field of a DTO is read into. */
function nestedIn(type: Type, field: string): Type | undefined {
  const found = defaultMetadataStorage.findTypeMetadata(type, field);
  return found?.typeFunction() as Type | undefined;
}

function fieldsOf(document: Description, operation: Operation, where: 'body' | 'query' | 'path'): Fields {
  if (where === 'body') {
    return propertiesOf(document, operation.requestBody?.content['application/json']?.schema ?? {});
  }
  const own = (operation.parameters ?? []).filter(isParameter).filter((parameter) => parameter.in === where);
  return new Map(
    own.map(({ name, description, schema }) => [name, { ...schema, ...(description ? { description } : {}) }]),
  );
}

function propertiesOf(document: Description, given: Schema): Fields {
  const schema = resolved(document, given);
  const parts = [...(schema.items ? [schema.items] : []), ...(schema.allOf ?? []), ...(schema.anyOf ?? [])];
  return new Map([
    ...parts.flatMap((part) => [...propertiesOf(document, part)]),
    ...Object.entries(schema.properties ?? {}),
  ]);
}
