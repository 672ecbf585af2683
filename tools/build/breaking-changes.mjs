// What a description takes away from callers of an earlier one. Pure: two documents in, sentences out.

const METHODS = ['get', 'post', 'put', 'patch', 'delete'];
const DEEPEST = 12;

/**
 * Everything in `after` that would break a program written for `before`: paths, operations, statuses and fields that are
 * gone, input that is newly needed, values and types that are no longer taken or that are newly answered.
 * @param {object} before the released OpenAPI 3.1 document
 * @param {object} after the one of now
 * @returns {string[]} one sentence each, in a stable order
 */
export function breakingChanges(before, after) {
  const found = [];
  for (const [path, item] of Object.entries(before.paths)) {
    const now = after.paths[path];
    if (!now) {
      found.push(`${path} is gone.`);
      continue;
    }
    for (const method of METHODS) {
      if (!item[method]) continue;
      const place = `${method.toUpperCase()} ${path}`;
      if (now[method]) found.push(...operationChanges(place, [before, item[method]], [after, now[method]]));
      else found.push(`${place} is gone.`);
    }
  }
  for (const name of Object.keys(before.webhooks ?? {})) {
    if (!after.webhooks?.[name]) found.push(`The webhook ${name} is gone.`);
  }
  return found;
}

function operationChanges(place, [before, then], [after, now]) {
  const found = [];
  const had = parametersOf(before, then);
  const has = parametersOf(after, now);
  for (const [key, parameter] of has) {
    const earlier = had.get(key);
    if (parameter.required && !earlier?.required) found.push(`${place} newly needs the ${words(key)}.`);
  }
  for (const [key, earlier] of had) {
    const parameter = has.get(key);
    if (!parameter) found.push(`${place} no longer takes the ${words(key)}.`);
    else
      found.push(...inputChanges(`${place}, the ${words(key)}`, [before, earlier.schema], [after, parameter.schema]));
  }
  found.push(...bodyChanges(place, [before, then.requestBody], [after, now.requestBody]));
  found.push(...answerChanges(place, [before, then], [after, now]));
  if ((then.security ?? []).length === 0 && (now.security ?? []).length > 0)
    found.push(`${place} newly needs a sign-in.`);
  return found;
}

function words(key) {
  const [where, name] = key.split(':');
  return `${where} parameter ${name}`;
}

function parametersOf(document, operation) {
  const all = (operation.parameters ?? []).map((each) => resolved(document, each));
  return new Map(all.map((each) => [`${each.in}:${each.name}`, each]));
}

function bodyChanges(place, [before, then], [after, now]) {
  if (!then) return now?.required ? [`${place} newly needs a body.`] : [];
  if (!now) return [`${place} no longer takes a body.`];
  const found = now.required && !then.required ? [`${place} newly needs a body.`] : [];
  for (const [type, { schema }] of Object.entries(then.content)) {
    if (!now.content[type]) found.push(`${place} no longer takes ${type}.`);
    else found.push(...inputChanges(`${place}, the body`, [before, schema], [after, now.content[type].schema]));
  }
  return found;
}

function answerChanges(place, [before, then], [after, now]) {
  const found = [];
  for (const [status, earlier] of Object.entries(then.responses)) {
    // Which errors there are may change: a program has to expect any of them.
    if (!/^[23]/.test(status)) continue;
    const response = now.responses[status];
    if (!response) {
      found.push(`${place} no longer answers ${status}.`);
      continue;
    }
    const current = resolved(after, response);
    for (const [type, { schema }] of Object.entries(resolved(before, earlier).content ?? {})) {
      const content = current.content?.[type];
      if (!content) found.push(`${place} ${status} is no longer ${type}.`);
      else found.push(...answeredChanges(`${place} ${status}`, [before, schema], [after, content.schema]));
    }
  }
  return found;
}

/** What a caller sends: may be widened, never narrowed. */
function inputChanges(place, [before, then], [after, now], depth = 0) {
  const [had, has] = [flat(before, then), flat(after, now)];
  const found = [];
  for (const type of had.types) {
    if (has.types.length > 0 && !takes(has.types, type)) found.push(`${place} no longer takes ${type}.`);
  }
  if (has.enum) {
    const lost = had.enum ? had.enum.filter((value) => !has.enum.includes(value)) : null;
    if (!lost) found.push(`${place} newly takes certain values only.`);
    else if (lost.length > 0) found.push(`${place} no longer takes ${lost.join(', ')}.`);
  }
  found.push(...bounds(place, had, has));
  if (depth > DEEPEST) return found;
  for (const name of has.required) {
    if (!had.required.includes(name)) found.push(`${place} newly needs ${name}.`);
  }
  for (const [name, schema] of Object.entries(had.properties)) {
    const field = has.properties[name];
    if (field) found.push(...inputChanges(`${place}, ${name}`, [before, schema], [after, field], depth + 1));
    else if (Object.keys(has.properties).length > 0) found.push(`${place} no longer takes ${name}.`);
  }
  if (had.items && has.items) {
    found.push(...inputChanges(`${place}, each entry`, [before, had.items], [after, has.items], depth + 1));
  }
  return found;
}

const SMALLEST = ['minimum', 'minLength', 'minItems'];
const LARGEST = ['maximum', 'maxLength', 'maxItems'];

function bounds(place, had, has) {
  const raised = SMALLEST.filter(
    (word) => has[word] !== undefined && has[word] > (had[word] ?? -Infinity) && has[word] > 0,
  );
  const lowered = LARGEST.filter((word) => has[word] !== undefined && has[word] < (had[word] ?? Infinity));
  return [...raised, ...lowered].map((word) => `${place} has a narrower ${word}: ${has[word]}.`);
}

/** What a caller reads: fields may be added, never taken away, and nothing becomes what it never was. */
function answeredChanges(place, [before, then], [after, now], depth = 0) {
  const [had, has] = [flat(before, then), flat(after, now)];
  const found = [];
  for (const type of has.types) {
    if (had.types.length > 0 && !takes(had.types, type)) found.push(`${place} may newly be ${type}.`);
  }
  if (had.enum && !has.enum) found.push(`${place} may newly be anything.`);
  if (depth > DEEPEST) return found;
  for (const [name, schema] of Object.entries(had.properties)) {
    const field = has.properties[name];
    if (!field) {
      found.push(`${place} no longer has ${name}.`);
      continue;
    }
    if (had.required.includes(name) && !has.required.includes(name)) found.push(`${place} may newly lack ${name}.`);
    found.push(...answeredChanges(`${place}, ${name}`, [before, schema], [after, field], depth + 1));
  }
  if (had.items && has.items) {
    found.push(...answeredChanges(`${place}, each entry`, [before, had.items], [after, has.items], depth + 1));
  }
  return found;
}

/** A whole number is a number. */
function takes(types, type) {
  return types.includes(type) || (type === 'integer' && types.includes('number'));
}

/** A schema with its references followed and its parts put together. */
function flat(document, given, depth = 0) {
  const schema = resolved(document, given) ?? {};
  const own = {
    ...schema,
    types: [schema.type ?? []].flat(),
    required: schema.required ?? [],
    properties: schema.properties ?? {},
    enum: schema.const !== undefined ? [schema.const] : schema.enum,
  };
  if (depth > DEEPEST) return own;
  return (schema.allOf ?? []).reduce((whole, part) => {
    const more = flat(document, part, depth + 1);
    return {
      ...more,
      ...whole,
      types: whole.types.length > 0 ? whole.types : more.types,
      required: [...whole.required, ...more.required],
      properties: { ...more.properties, ...whole.properties },
      items: whole.items ?? more.items,
      enum: whole.enum ?? more.enum,
    };
  }, own);
}

function resolved(document, value, depth = 0) {
  if (!value?.$ref || depth > DEEPEST) return value;
  const target = value.$ref
    .replace(/^#\//, '')
    .split('/')
    .reduce((place, part) => place?.[part.replaceAll('~1', '/').replaceAll('~0', '~')], document);
  return resolved(document, target, depth + 1);
}
