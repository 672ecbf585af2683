import type { Description, Schema } from './description.types';
import { FIELD_WORDS, PARAMETER_WORDS } from './field-words.table';
import { isParameter, placesOf } from './description.types';

const IS_TIME = /(?:[a-z]At|^at|timestamp|snoozedUntil)$/;

/** Describes every field and parameter that no comment beside the code describes, and says which texts are times. */
export function nameFields(document: Description): void {
  for (const [name, schema] of Object.entries(document.components.schemas)) nameFieldsOf(name, schema);
  for (const { operation } of placesOf(document)) {
    for (const parameter of operation.parameters ?? []) {
      if (!isParameter(parameter)) continue;
      parameter.description ||= PARAMETER_WORDS[parameter.name];
      if (parameter.schema?.default !== undefined) parameter.required = false;
    }
  }
}

function nameFieldsOf(owner: string, schema: Schema): void {
  for (const [field, own] of Object.entries(schema.properties ?? {})) {
    const words = FIELD_WORDS[`${owner}.${field}`] ?? FIELD_WORDS[field] ?? idInWords(field);
    if (!own.description && words !== undefined) own.description = words;
    if (IS_TIME.test(field) && [own.type].flat().includes('string') && !own.format && !own.enum) {
      own.format = 'date-time';
    }
    nameFieldsOf(owner, own);
    if (own.items) nameFieldsOf(owner, own.items);
  }
  for (const part of [...(schema.allOf ?? []), ...(schema.anyOf ?? []), ...(schema.oneOf ?? [])])
    nameFieldsOf(owner, part);
}

/** `scheduleId` → "The id of the schedule." */
function idInWords(field: string): string | undefined {
  const [, thing, many] = /^([a-z]\w*)Id(s?)$/.exec(field) ?? [];
  if (thing === undefined) return undefined;
  const words = thing.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
  return many ? `The ids of each ${words}.` : `The id of the ${words}.`;
}
