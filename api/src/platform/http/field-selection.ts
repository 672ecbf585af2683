import { Refusal } from '../refusal';
import type { AnswerShape } from './answer-shapes';

/** The fields that are wanted; `null`: all of what lies below. */
export type Selection = Map<string, Selection | null>;

const MOST_FIELDS = 100;
const NAME = /^\w+(?:\.\w+)*$/;

/**
 * Reads `?fields=id,name,actor.type`. For a page the names are those of its items; `nextCursor` and what else the page
 * says of itself stays.
 * @throws Refusal `invalid_input` naming every field that the answer does not have
 */
export function readSelection(text: unknown, shape: AnswerShape): Selection {
  const names = typeof text === 'string' && text.length <= 2_000 ? text.split(',').map((name) => name.trim()) : [];
  if (names.length === 0 || names.length > MOST_FIELDS || !names.every((name) => NAME.test(name))) {
    throw wrong([`Name up to ${MOST_FIELDS} fields, separated by commas: fields=id,name.`]);
  }
  const page = pageOf(shape);
  const unknown = names.filter((name) => !has(page?.item ?? shape, name.split('.')));
  if (unknown.length > 0) throw wrong(unknown.map((name) => `The answer has no field ${name}.`));
  const wanted: Selection = new Map();
  for (const name of names) add(wanted, name.split('.'));
  if (!page) return wanted;
  const whole: Selection = new Map([...page.others].map((name) => [name, null]));
  return whole.set('items', wanted);
}

/** What is wanted of a value; of a list, of each of its entries. */
export function select(value: unknown, wanted: Selection | null): unknown {
  if (wanted === null || typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map((entry) => select(entry, wanted));
  const given = value as Record<string, unknown>;
  const picked: Record<string, unknown> = {};
  for (const [name, below] of wanted) if (name in given) picked[name] = select(given[name], below);
  return picked;
}

function pageOf(shape: AnswerShape): { item: AnswerShape; others: string[] } | undefined {
  const item = shape.fields.get('items');
  if (!item) return undefined;
  return { item, others: [...shape.fields.keys()].filter((name) => name !== 'items') };
}

function has(shape: AnswerShape, [name = '', ...rest]: string[]): boolean {
  const below = shape.fields.get(name);
  if (below === undefined) return false;
  return rest.length === 0 || (below !== null && has(below, rest));
}

function add(wanted: Selection, [name = '', ...rest]: string[]): void {
  const before = wanted.get(name);
  if (before === null) return;
  if (rest.length === 0) return void wanted.set(name, null);
  const below = before ?? new Map();
  wanted.set(name, below);
  add(below, rest);
}

function wrong(messages: string[]): Refusal {
  return new Refusal('invalid_input', { errors: messages.map((message) => ({ path: 'fields', message })) });
}
