import type { EventType } from './events';
import { DEFINITIONS, EVENTS } from './generated/event-schemas';

/** A JSON Schema (2020-12). */
export interface JsonSchema {
  [keyword: string]: unknown;
}

/** An event type as third parties read of it. */
export interface EventSchema {
  /** What happened, in words. */
  description: string;
  /** The envelope's `data`. */
  data: JsonSchema;
}

/** What all events carry. */
export interface EventSchemas {
  /** What the schemas refer to: a lead, a message. */
  definitions: Record<string, JsonSchema>;
  events: Record<EventType, EventSchema>;
}

const OWN_PREFIX = '#/$defs/';

/**
 * The schemas of all events' data, as EventDataMap has them (tools/build/event-schemas.mjs writes them down). Fields
 * that are not named may be added at any time.
 * @param prefix where the definitions will stand, for example `#/components/schemas/`
 */
export function eventSchemas(prefix = OWN_PREFIX): EventSchemas {
  const schemas = { definitions: DEFINITIONS, events: EVENTS };
  return (prefix === OWN_PREFIX ? schemas : JSON.parse(moved(schemas, prefix))) as EventSchemas;
}

function moved(schemas: object, prefix: string): string {
  return JSON.stringify(schemas).replaceAll(`"$ref":"${OWN_PREFIX}`, `"$ref":"${prefix}`);
}

/** The schema of one event's data by itself, with the definitions that it refers to. */
export function eventDataSchema(type: EventType): JsonSchema {
  const { definitions, events } = eventSchemas();
  const { data } = events[type];
  const needed = new Set<string>();
  collect(data, definitions, needed);
  if (needed.size === 0) return data;
  const $defs = Object.fromEntries(Object.entries(definitions).filter(([name]) => needed.has(name)));
  return { ...data, $defs };
}

function collect(schema: unknown, definitions: Record<string, JsonSchema>, needed: Set<string>): void {
  if (typeof schema !== 'object' || schema === null) return;
  for (const [key, value] of Object.entries(schema)) {
    if (key !== '$ref' || typeof value !== 'string') collect(value, definitions, needed);
    else {
      const name = value.slice(OWN_PREFIX.length);
      if (needed.has(name)) continue;
      needed.add(name);
      collect(definitions[name], definitions, needed);
    }
  }
}
