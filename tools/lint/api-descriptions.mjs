// Checks what `nx run api:openapi` wrote: the OpenAPI and AsyncAPI descriptions against the rules below, and that the
// former breaks nothing that was released (api/openapi.released.json).
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { createConfig, lintFromString } from '@redocly/openapi-core';
import { breakingChanges } from '../build/breaking-changes.mjs';

const root = resolve(import.meta.dirname, '../..');
const RELEASED = join(root, 'api/openapi.released.json');

/** Nothing undescribed, nothing ambiguous, no example that is not one. */
const OPENAPI_RULES = {
  struct: 'error',
  'no-unresolved-refs': 'error',
  'no-identical-paths': 'error',
  'path-declaration-must-exist': 'error',
  'path-not-include-query': 'error',
  'path-parameters-defined': 'error',
  'operation-operationId': 'error',
  'operation-operationId-unique': 'error',
  'operation-operationId-url-safe': 'error',
  'operation-summary': 'error',
  'operation-description': 'error',
  'operation-parameters-unique': 'error',
  'operation-2xx-response': 'error',
  'operation-tag-defined': 'error',
  'tag-description': 'error',
  'no-duplicated-tag-names': 'error',
  'no-enum-type-mismatch': 'error',
  'no-duplicated-enum-values': 'error',
  'no-undefined-server-variable': 'error',
  'no-empty-servers': 'error',
  'no-required-schema-properties-undefined': 'error',
  'no-schema-type-mismatch': 'error',
  'no-unused-components': 'error',
  'no-invalid-media-type-examples': { severity: 'error', allowAdditionalProperties: true },
  'no-invalid-parameter-examples': 'error',
  'no-invalid-schema-examples': 'error',
  'parameter-description': 'error',
  'security-defined': 'error',
  'info-license': 'error',
  'spec-strict-refs': 'off',
};
const ASYNCAPI_RULES = {
  struct: 'error',
  'no-unresolved-refs': 'error',
  'no-channel-trailing-slash': 'error',
  'security-defined': 'error',
  'info-license': 'error',
};

/** @returns {Promise<string[]>} what is wrong, one sentence each */
async function faultsOf(file, rules) {
  const config = await createConfig({ rules });
  const problems = await lintFromString({ source: readFileSync(file, 'utf8'), absoluteRef: file, config });
  return (
    problems
      .filter(({ severity }) => severity === 'error')
      // For /scim/v2, which is described by SCIM's own means.
      .filter(({ message }) => !message.includes('"scimToken" is never used'))
      .map(({ ruleId, message, location }) => `${ruleId}: ${message} (${location[0]?.pointer ?? ''})`)
  );
}

/** What no linter asks: that each field says what it is, and each operation what it needs and how it fails. */
export function undescribed(document) {
  const faults = [];
  const fields = (name, schema) => {
    for (const [field, own] of Object.entries(schema.properties ?? {})) {
      if (!own.description) faults.push(`${name}.${field} has no description: give the field a doc comment.`);
      fields(`${name}.${field}`, own);
    }
    for (const part of [schema.items, ...(schema.allOf ?? []), ...(schema.anyOf ?? []), ...(schema.oneOf ?? [])]) {
      if (part) fields(name, part);
    }
  };
  for (const [name, schema] of Object.entries(document.components.schemas)) fields(name, schema);
  for (const [path, item] of Object.entries(document.paths)) {
    for (const [method, operation] of Object.entries(item)) {
      const place = `${method.toUpperCase()} ${path}`;
      const statuses = Object.keys(operation.responses);
      if (path.startsWith('/api/') && !statuses.some((status) => status.startsWith('4')))
        faults.push(`${place} names no error.`);
      for (const [status, response] of Object.entries(operation.responses)) {
        for (const [type, content] of Object.entries(response.content ?? {})) {
          if (type === 'application/json' && content.example === undefined)
            faults.push(`${place} ${status} has no example.`);
        }
      }
    }
  }
  return faults;
}

async function check() {
  const openapi = join(root, 'dist/openapi.json');
  const document = JSON.parse(readFileSync(openapi, 'utf8'));
  const found = {
    'The OpenAPI description': [...(await faultsOf(openapi, OPENAPI_RULES)), ...undescribed(document)],
    'The AsyncAPI description': await faultsOf(join(root, 'dist/asyncapi.json'), ASYNCAPI_RULES),
    'Compared with the last released description': existsSync(RELEASED)
      ? breakingChanges(JSON.parse(readFileSync(RELEASED, 'utf8')), document)
      : ['api/openapi.released.json is missing: run "npm run release-api".'],
  };
  for (const [what, faults] of Object.entries(found)) {
    if (faults.length === 0) {
      console.log(`${what}: nothing is wrong.`);
      continue;
    }
    console.error(`${what}:\n${faults.map((fault) => `  ${fault}`).join('\n')}`);
    process.exitCode = 1;
  }
}

if (process.argv[1] === import.meta.filename) await check();
