// The text of the Python SDK's generated modules: Python 3.9 and its standard library, nothing else.

const HEAD = `# Written by tools/build/python-sdk.mjs from the API's description; do not edit.
from __future__ import annotations

`;
const KEYWORDS = new Set(
  'False None True and as assert async await break class continue def del elif else except finally for from global if import in is lambda nonlocal not or pass raise return try while with yield'.split(
    ' ',
  ),
);
/** Longer lists of words are told as text: they grow with every version. */
const MOST_LITERALS = 12;

/** @param {string[]} names of the schemas to write */
export function moduleOfTypes(document, names) {
  const classes = names.map((name) => typeText(name, document.components.schemas[name]));
  const exported = names.map((name) => `    "${name}",`).join('\n');
  return `${HEAD}from typing import Any, Dict, List, Literal, Optional, TypedDict, Union

__all__ = [
${exported}
]

${classes.join('\n\n')}
`;
}

function typeText(name, schema) {
  const properties = Object.entries(schema.properties ?? {});
  if (schema.type !== 'object' || properties.length === 0) return `\n${name} = Dict[str, Any]`;
  const required = new Set(schema.required ?? []);
  // A key that Python has for itself can only be named in the other form of a TypedDict, which has no place for words.
  if (properties.some(([key]) => !/^[A-Za-z_]\w*$/.test(key) || KEYWORDS.has(key))) {
    const fields = properties.map(([key, each]) => `    "${key}": ${JSON.stringify(typeOf(each))},`);
    return `\n${name} = TypedDict("${name}", {\n${fields.join('\n')}\n}, total=False)`;
  }
  const [needed, free] = [true, false].map((is) => properties.filter(([key]) => required.has(key) === is));
  const described = docstring([schema.description ?? ''], '    ', attributesOf(properties));
  if (free.length === 0) return `\nclass ${name}(TypedDict):\n${described}\n${fieldsOf(needed)}`;
  if (needed.length === 0) return `\nclass ${name}(TypedDict, total=False):\n${described}\n${fieldsOf(free)}`;
  return `\nclass _${name}Required(TypedDict):\n${fieldsOf(needed)}\n\n\nclass ${name}(_${name}Required, total=False):\n${described}\n${fieldsOf(free)}`;
}

function attributesOf(properties) {
  return properties
    .filter(([, { description }]) => description)
    .map(([key, { description }]) => `${key}: ${oneLine(description)}`);
}

function fieldsOf(properties) {
  return properties.map(([key, schema]) => `    ${key}: ${typeOf(schema)}`).join('\n');
}

/** The Python type of a schema, as text. */
function typeOf(schema, prefix = '') {
  if (!schema) return 'Any';
  if (schema.$ref) return `${prefix}${schema.$ref.split('/').at(-1)}`;
  if (schema.allOf?.length === 1) return typeOf(schema.allOf[0], prefix);
  const choices = schema.oneOf ?? schema.anyOf;
  if (choices) return union(choices.map((each) => typeOf(each, prefix)));
  const types = [schema.type ?? 'any'].flat();
  const nullable = types.includes('null');
  const named = types.filter((type) => type !== 'null').map((type) => typeOfOne(schema, type, prefix));
  return union(nullable ? [...named, 'None'] : named);
}

function typeOfOne(schema, type, prefix) {
  if (schema.enum && schema.enum.length <= MOST_LITERALS) {
    return `Literal[${schema.enum
      .filter((each) => each !== null)
      .map((each) => JSON.stringify(each))
      .join(', ')}]`;
  }
  switch (type) {
    case 'string':
      return 'str';
    case 'integer':
      return 'int';
    case 'number':
      return 'float';
    case 'boolean':
      return 'bool';
    case 'array':
      return `List[${typeOf(schema.items, prefix)}]`;
    case 'object':
      return typeof schema.additionalProperties === 'object'
        ? `Dict[str, ${typeOf(schema.additionalProperties, prefix)}]`
        : 'Dict[str, Any]';
    default:
      return 'Any';
  }
}

function union(types) {
  const once = [...new Set(types)];
  const rest = once.filter((type) => type !== 'None');
  const joined = rest.length > 1 ? `Union[${rest.join(', ')}]` : (rest[0] ?? 'None');
  return once.includes('None') && rest.length > 0 ? `Optional[${joined}]` : joined;
}

/** @param {object[]} operations in the order of their tags */
export function moduleOfResources(operations) {
  const byTag = Map.groupBy(operations, ({ tag }) => tag);
  const classes = [...byTag].map(([tag, own]) => classText(tag, own));
  const held = [...byTag.keys()].map((tag) => `        self.${snake(tag)} = ${tag}(transport)`);
  const declared = [...byTag.keys()].map((tag) => `    ${snake(tag)}: ${tag}`);
  return `${HEAD}from typing import Any, Dict, Iterator, List, Literal, Optional, Union

from . import _types as t
from ._transport import Transport, quote


class _Resource:
    def __init__(self, transport: Transport) -> None:
        self._transport = transport

${classes.join('\n\n')}


class Resources:
    """Everything that can be called, by what it is about."""

${declared.join('\n')}

    def __init__(self, transport: Transport) -> None:
${held.join('\n')}
`;
}

function classText(tag, operations) {
  const methods = operations.flatMap((operation) => {
    const name = methodName(tag, operation.operationId);
    return isList(operation)
      ? [methodText(name, operation), iteratorText(name, operation)]
      : [methodText(name, operation)];
  });
  return `\nclass ${tag}(_Resource):\n${methods.join('\n\n')}`;
}

function methodName(tag, operationId) {
  const plain = operationId.startsWith(tag.charAt(0).toLowerCase() + tag.slice(1))
    ? operationId.slice(tag.length)
    : operationId;
  const name = snake(plain);
  return KEYWORDS.has(name) ? `${name}_` : name;
}

const bodyOf = ({ requestBody }) => requestBody?.content?.['application/json']?.schema;
const isIdempotent = ({ parameters }) => parameters.some(({ name }) => name === 'Idempotency-Key');
const isList = (operation) =>
  operation.method === 'GET' &&
  ['limit', 'cursor'].every((name) => operation.parameters.some((each) => each.in === 'query' && each.name === name));

function answerOf({ responses }) {
  const [, answer] = Object.entries(responses).find(([status]) => status.startsWith('2')) ?? [];
  const content = answer?.content;
  if (!content) return { type: 'None', reads: 'none' };
  const json = content['application/json'];
  return json ? { type: typeOf(json.schema, 't.'), reads: 'json' } : { type: 'bytes', reads: 'bytes' };
}

/** Python names of the arguments of an operation, and the API's. */
function argumentsOf({ parameters }, without = []) {
  const named = (place) =>
    parameters
      .filter((each) => each.in === place && !without.includes(each.name))
      .map((each) => ({ ...each, python: argument(each.name) }));
  const ifMatch = parameters.filter(({ name }) => name === 'If-Match').map((each) => ({ ...each, python: 'if_match' }));
  return { path: named('path'), query: named('query'), ifMatch };
}

function argument(name) {
  const python = snake(name.replace(/\W+/g, '_'));
  return KEYWORDS.has(python) ? `${python}_` : python;
}

function signatureOf(operation, without = []) {
  const { path, query, ifMatch } = argumentsOf(operation, without);
  const body = bodyOf(operation);
  const free = (each) => `${each.python}: ${optional(typeOf(each.schema, 't.'))} = None`;
  const keywords = [
    ...query.filter(({ required }) => required).map((each) => `${each.python}: ${typeOf(each.schema, 't.')}`),
    ...query.filter(({ required }) => !required).map(free),
    ...ifMatch.map(free),
    ...(isIdempotent(operation) ? ['idempotency_key: Optional[str] = None'] : []),
  ];
  return [
    'self',
    ...path.map(({ python }) => `${python}: str`),
    ...(body ? [`body: ${typeOf(body, 't.')}`] : []),
    ...(keywords.length > 0 ? ['*', ...keywords] : []),
  ].join(', ');
}

function methodText(name, operation) {
  const { path, query, ifMatch } = argumentsOf(operation);
  const answer = answerOf(operation);
  const given = [
    `"${operation.method}"`,
    pathText(operation.path, path),
    ...(query.length > 0 ? [`query={${query.map((each) => `"${each.name}": ${each.python}`).join(', ')}}`] : []),
    ...(bodyOf(operation) ? ['body=body'] : []),
    ...(ifMatch.length > 0 ? ['if_match=if_match'] : []),
    ...(isIdempotent(operation) ? ['idempotency_key=idempotency_key', 'idempotent=True'] : []),
    ...(answer.reads === 'bytes' ? ['raw=True'] : []),
  ];
  const call = `self._transport.request(${given.join(', ')})`;
  const words = docstring([operation.description ?? operation.summary ?? ''], '        ', wordsOf(operation));
  return `    def ${name}(${signatureOf(operation)}) -> ${answer.type}:
${words}
        ${answer.reads === 'none' ? call : `return ${call}`}`;
}

/** The same list, turning its pages by itself. */
function iteratorText(name, operation) {
  const { path, query } = argumentsOf(operation, ['cursor']);
  const filters = query.map((each) => `"${each.name}": ${each.python}`).join(', ');
  const words = docstring(['', `All items of \`${name}\`, page after page.`], '        ', []);
  return `    def iterate_${name}(${signatureOf(operation, ['cursor'])}) -> Iterator[${typeOf(operation.item, 't.')}]:
${words}
        return self._transport.pages(${pathText(operation.path, path)}, query={${filters}})`;
}

function wordsOf(operation) {
  const { path, query } = argumentsOf(operation);
  return [...path, ...query]
    .filter(({ description }) => description)
    .map(({ python, description }) => `${python}: ${oneLine(description)}`);
}

function pathText(path, parameters) {
  const filled = parameters.reduce((text, { name, python }) => text.replace(`{${name}}`, `{quote(${python})}`), path);
  return parameters.length > 0 ? `f"${filled}"` : `"${filled}"`;
}

function optional(type) {
  return type.startsWith('Optional[') || type === 'Any' ? type : `Optional[${type}]`;
}

function docstring(paragraphs, indent, items) {
  const text = paragraphs.map(oneLine).filter(Boolean);
  const listed = items.length > 0 ? ['', ...items.map((item) => `${indent}- ${escaped(item)}`)] : [];
  const said = text.length > 0 ? escaped(text.join(' ')) : 'As the API describes it.';
  return [`${indent}"""${said}`, ...listed, ...(listed.length > 0 ? [`${indent}"""`] : [])]
    .join('\n')
    .concat(listed.length > 0 ? '' : '"""');
}

function oneLine(text) {
  return String(text ?? '')
    .replace(/\s+/g, ' ')
    .trim();
}

function escaped(text) {
  const safe = text.replaceAll('\\', '\\\\').replaceAll('"""', '\\"\\"\\"');
  return safe.endsWith('"') ? `${safe} ` : safe;
}

function snake(name) {
  return name
    .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
    .replace(/([A-Z]+)([A-Z][a-z])/g, '$1_$2')
    .toLowerCase()
    .replace(/^_/, '');
}
