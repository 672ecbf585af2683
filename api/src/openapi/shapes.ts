import type { Answering, AnswerShape } from '../platform/http';
import { answersIn, type Description, placesOf, resolved, type Schema } from './description.types';
import { jsonAnswer } from './describe-operations';

const DEEPEST = 8;

/** What each operation answers with, by its id. */
export function answersOf(document: Description): Map<string, Answering> {
  return new Map(
    placesOf(document).map(({ operation }) => {
      const good = answersIn(operation).filter(([status]) => /^[23]/.test(status));
      const shape = shapeOf(document, jsonAnswer(operation)?.schema, 0);
      const answering: Answering = {
        ...(shape ? { shape } : {}),
        json: good.every(([status, { content }]) => isJson(status, content)),
        ownFields: (operation.parameters ?? []).some((each) => 'name' in each && each.name === 'fields'),
      };
      return [operation.operationId, answering];
    }),
  );
}

function isJson(status: string, content: object | undefined): boolean {
  if (status === '204' || status === '304') return true;
  return content !== undefined && Object.keys(content).every((type) => type === 'application/json');
}

function shapeOf(document: Description, given: Schema | undefined, depth: number): AnswerShape | null {
  if (!given || depth > DEEPEST) return null;
  const schema = resolved(document, given);
  if (schema.items) return shapeOf(document, schema.items, depth);
  const parts = [...(schema.allOf ?? []), ...(schema.oneOf ?? []), ...(schema.anyOf ?? [])];
  const fields = new Map<string, AnswerShape | null>();
  for (const part of parts) {
    for (const [name, below] of shapeOf(document, part, depth)?.fields ?? []) fields.set(name, below);
  }
  for (const [name, field] of Object.entries(schema.properties ?? {})) {
    fields.set(name, shapeOf(document, field, depth + 1));
  }
  return fields.size > 0 ? { fields } : null;
}
