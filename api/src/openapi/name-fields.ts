import type { Description, Schema } from './description.types';
import { FIELD_WORDS, PARAMETER_WORDS } from './field-words.table';
import { isParameter, placesOf } from './description.types';

const IS_TIME = /(?:[a-z]At|^at|timestamp|[a-z]Until|[a-z]Since|expiration_date)$/;

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
    for (const text of [own, own.items]) {
      if (text && IS_TIME.test(field) && [text.type].flat().includes('string')) sayTime(text);
    }
    nameFieldsOf(owner, own);
    if (own.items) nameFieldsOf(owner, own.items);
  }
  for (const part of [...(schema.allOf ?? []), ...(schema.anyOf ?? []), ...(schema.oneOf ?? [])])
    nameFieldsOf(owner, part);
}

function sayTime(schema: Schema): void {
  if (!schema.enum) schema.format ??= 'date-time';
}

/** `scheduleId` → "The id of the schedule." */
function idInWords(field: string): string | undefined {
  const [, thing, many] = /^([a-z]\w*)Id(s?)$/.exec(field) ?? [];
  if (thing === undefined) return undefined;
  const words = thing.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
  return many ? `The ids of each ${words}.` : `The id of the ${words}.`;
}
