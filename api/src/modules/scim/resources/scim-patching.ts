import {
  InvalidScimPatch,
  InvalidScimRemoveValue,
  NoTarget,
  scimPatch,
  type ScimPatchOperation,
  type ScimResource,
} from 'scim-patch';
import { isObject, type Json, objectOf } from './scim-resource';
import { ScimRefusal } from './scim-refusal';

const PATCH_SCHEMA = 'urn:ietf:params:scim:api:messages:2.0:PatchOp';
const MOST_OPERATIONS = 1_000;
/** Attributes of a resource are never called like these; a path with them would reach the prototype of everything. */
const UNSAFE = new Set(['__proto__', 'constructor', 'prototype']);

/**
 * A resource after a PATCH (RFC 7644, 3.5.2), also in the shapes that Entra sends: operations in capitals, members to
 * remove as a value.
 * @throws ScimRefusal `invalidSyntax`, `invalidPath`, `invalidValue`, `noTarget`
 */
export function patched(resource: Json, body: unknown): Json {
  const { schemas, Operations: operations } = objectOf(body);
  if (!Array.isArray(schemas) || !schemas.includes(PATCH_SCHEMA))
    throw unreadable(`schemas must be ["${PATCH_SCHEMA}"].`);
  if (!Array.isArray(operations) || operations.length === 0 || operations.length > MOST_OPERATIONS) {
    throw unreadable(`Operations must be a list of 1 to ${MOST_OPERATIONS} operations.`);
  }
  const ground = resource as Json & ScimResource;
  const options = { mutateDocument: false, treatMissingAsAdd: true };
  try {
    return scimPatch(ground, operations.map(operationOf), options);
  } catch (error) {
    if (error instanceof NoTarget) throw new ScimRefusal('invalid_input', 'noTarget', error.message);
    if (error instanceof InvalidScimPatch) throw new ScimRefusal('invalid_input', 'invalidPath', error.message);
    if (error instanceof InvalidScimRemoveValue) throw new ScimRefusal('invalid_input', 'invalidValue', error.message);
    if (error instanceof ScimRefusal) throw error;
    // The library falls over operations that make no sense for the attribute, each in its own way.
    throw unreadable('The operations could not be applied.');
  }
}

function operationOf(read: unknown): ScimPatchOperation {
  if (!isObject(read) || typeof read.op !== 'string') throw unreadable('Every operation needs an op.');
  const { path } = read;
  if (path !== undefined && typeof path !== 'string') throw unreadable('A path must be a string.');
  if (path?.split(/[^\w]+/).some((name) => UNSAFE.has(name))) {
    throw new ScimRefusal('invalid_input', 'invalidPath', 'There is no such attribute.');
  }
  refuseUnsafe(read.value);
  const op = read.op.toLowerCase();
  const value = path?.toLowerCase() === 'members' ? idsOnly(read.value) : membersIn(read.value);
  return {
    op,
    ...(path === undefined ? {} : { path }),
    ...('value' in read ? { value } : {}),
  } as ScimPatchOperation;
}

/** Members are compared by their ids; what directories tell besides is not ours to keep. */
function idsOnly(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(idsOnly);
  return isObject(value) && typeof value.value === 'string' ? { value: value.value } : value;
}

function membersIn(value: unknown): unknown {
  if (!isObject(value) || !('members' in value)) return value;
  return { ...value, members: idsOnly(value.members) };
}

function refuseUnsafe(value: unknown): void {
  if (Array.isArray(value)) return value.forEach(refuseUnsafe);
  if (!isObject(value)) return;
  for (const [key, part] of Object.entries(value)) {
    if (key.split(/[^\w]+/).some((name) => UNSAFE.has(name))) {
      throw new ScimRefusal('invalid_input', 'invalidPath', 'There is no such attribute.');
    }
    refuseUnsafe(part);
  }
}

function unreadable(detail: string): ScimRefusal {
  return new ScimRefusal('invalid_input', 'invalidSyntax', detail);
}
