// Writes libs/contracts/src/generated/event-schemas.ts: what each event carries as JSON Schema 2020-12, read off the
// types of EventDataMap and their comments. tools/build/swagger-metadata.mjs does it too, before anything is built.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import ts from 'typescript';
import { wordsOf } from './event-words.mjs';

const contracts = resolve(import.meta.dirname, '../../libs/contracts');
export const GENERATED = join(contracts, 'src/generated/event-schemas.ts');
const HEAD = '// Written by tools/build/event-schemas.mjs from EventDataMap; do not edit.\n\n';

/** The file as it should be. */
export function eventSchemasText() {
  const { definitions, events } = read();
  return `${HEAD}export const DEFINITIONS: object = ${JSON.stringify(definitions, null, 1)};\n\nexport const EVENTS: object = ${JSON.stringify(events, null, 1)};\n`;
}

function read() {
  const source = join(contracts, 'src/events.ts');
  const program = ts.createProgram([source], {
    strict: true,
    target: ts.ScriptTarget.ES2023,
    module: ts.ModuleKind.ESNext,
    moduleResolution: ts.ModuleResolutionKind.Bundler,
    noEmit: true,
    skipLibCheck: true,
    types: [],
  });
  const checker = program.getTypeChecker();
  const file = program.getSourceFile(source);
  const map = file?.statements.find((each) => ts.isInterfaceDeclaration(each) && each.name.text === 'EventDataMap');
  if (!map) throw new Error('There is no EventDataMap in libs/contracts/src/events.ts.');
  const schemas = new Schemas(checker);
  const events = {};
  for (const property of checker.getPropertiesOfType(checker.getTypeAtLocation(map))) {
    const description = [wordsOf(property.name), commentOf(property, checker)].filter(Boolean).join(' ');
    const data = schemas.of(checker.getTypeOfSymbol(property), `${property.name}`);
    events[property.name] = { description, data };
  }
  const definitions = Object.fromEntries(Object.entries(schemas.definitions).sort(([a], [b]) => (a < b ? -1 : 1)));
  return { definitions, events };
}

/** Turns types into schemas; what has a name of its own is defined once and referred to. */
class Schemas {
  definitions = {};

  constructor(checker) {
    this.checker = checker;
  }

  /** `at` says where it is, for errors and for what is told by names alone. */
  of(type, at) {
    const { flags } = type;
    if (flags & ts.TypeFlags.StringLiteral) return { const: type.value };
    if (flags & ts.TypeFlags.NumberLiteral) return { const: type.value };
    if (flags & ts.TypeFlags.Boolean) return { type: 'boolean' };
    if (flags & ts.TypeFlags.BooleanLiteral) return { const: type.intrinsicName === 'true' };
    if (flags & ts.TypeFlags.String) return isTime(at) ? { type: 'string', format: 'date-time' } : { type: 'string' };
    if (flags & ts.TypeFlags.Number) return { type: 'number' };
    if (flags & ts.TypeFlags.Null) return { type: 'null' };
    if (flags & ts.TypeFlags.Unknown) return {};
    if (flags & ts.TypeFlags.TemplateLiteral) return { type: 'string' };
    if (type.isUnion()) return this.union(type, at);
    if (flags & ts.TypeFlags.Object) return this.named(type, at);
    throw new Error(`${at}: a schema cannot say ${this.checker.typeToString(type)} yet.`);
  }

  union(type, at) {
    const members = type.types.filter(({ flags }) => !(flags & ts.TypeFlags.Undefined));
    const nullable = members.some(({ flags }) => flags & ts.TypeFlags.Null);
    const others = members.filter(({ flags }) => !(flags & (ts.TypeFlags.Null | ts.TypeFlags.BooleanLiteral)));
    const booleans = members.filter(({ flags }) => flags & ts.TypeFlags.BooleanLiteral);
    if (others.length > 0 && booleans.length === 0 && others.every(({ flags }) => flags & ts.TypeFlags.StringLiteral)) {
      const values = others.map(({ value }) => value);
      return nullable ? { type: ['string', 'null'], enum: [...values, null] } : { type: 'string', enum: values };
    }
    const schemas = [
      ...others.map((each) => this.of(each, at)),
      ...(booleans.length === 2 ? [{ type: 'boolean' }] : booleans.map((each) => this.of(each, at))),
      ...(nullable ? [{ type: 'null' }] : []),
    ];
    return oneOf(schemas);
  }

  named(type, at) {
    if (this.checker.isArrayType(type)) {
      const [item] = this.checker.getTypeArguments(type);
      return { type: 'array', items: this.of(item, at) };
    }
    const name = type.symbol?.name;
    const own = name && !name.startsWith('__') && type.objectFlags & ts.ObjectFlags.Interface;
    if (!own) return this.object(type, at);
    if (!(name in this.definitions)) {
      this.definitions[name] = {};
      const description = commentOf(type.symbol, this.checker);
      this.definitions[name] = { ...(description ? { description } : {}), ...this.object(type, name) };
    }
    return { $ref: `#/$defs/${name}` };
  }

  object(type, at) {
    const index = this.checker.getIndexTypeOfType(type, ts.IndexKind.String);
    if (index) return { type: 'object', additionalProperties: this.of(index, `${at}.*`) };
    const properties = {};
    const required = [];
    for (const property of this.checker.getPropertiesOfType(type)) {
      const optional = Boolean(property.flags & ts.SymbolFlags.Optional);
      const schema = this.of(this.checker.getTypeOfSymbol(property), `${at}.${property.name}`);
      const description = commentOf(property, this.checker);
      properties[property.name] = description ? { description, ...schema } : schema;
      if (!optional) required.push(property.name);
    }
    return { type: 'object', properties, required };
  }
}

/** Plain types become one list of types, as JSON Schema likes it best. */
function oneOf(schemas) {
  const [only] = schemas;
  if (schemas.length === 1 && only) return only;
  const plain = schemas.every(
    (each) => typeof each.type === 'string' && Object.keys(each).every((key) => key === 'type' || key === 'format'),
  );
  if (!plain) return { anyOf: schemas };
  const [type, ...others] = new Set(schemas.map((each) => each.type));
  return Object.assign({}, ...schemas, { type: others.length > 0 ? [type, ...others] : type });
}

/** A text that holds a moment is known by its name. */
function isTime(at) {
  return /(?:At|Until|\.at)$/.test(at);
}

function commentOf(symbol, checker) {
  const text = ts.displayPartsToString(symbol.getDocumentationComment(checker)).replace(/\s+/g, ' ').trim();
  return text === '' ? undefined : text;
}

/** Brings the file up to date; leaves it alone when it is. */
export function writeEventSchemas() {
  const text = eventSchemasText();
  if (!existsSync(GENERATED) || readFileSync(GENERATED, 'utf8') !== text) writeFileSync(GENERATED, text);
}

if (process.argv[1] === import.meta.filename) writeEventSchemas();
