import { GROUP_SCHEMA, isObject, type Json, lineOf, objectOf } from './scim-resource';
import { invalidValue } from './scim-refusal';

const LONGEST_NAME = 200;

/** A group as a directory wants it. */
export interface WantedGroup {
  displayName: string;
  externalId: string | null;
  memberIds: string[];
}

/** A team as a directory sees it: as the directory said it is, or as it was made by hand while the directory said nothing. */
export interface ScimGroup {
  id: string;
  name: string;
  externalId: string | null;
  members: { id: string; name: string }[];
  /** Whom the directory said to be in it; null while it said nothing. */
  said: string[] | null;
  createdAt: Date;
  updatedAt: Date;
}

/** Reads a Group resource. @throws ScimRefusal `invalidSyntax`, `invalidValue` */
export function readGroup(body: unknown): WantedGroup {
  const read = objectOf(body);
  const displayName = lineOf(read.displayName, 'displayName', LONGEST_NAME);
  if (!displayName) throw invalidValue('displayName is required.');
  const members = read.members ?? [];
  if (!Array.isArray(members)) throw invalidValue('members must be a list.');
  const memberIds = members.map((member) => {
    const value = isObject(member) ? member.value : undefined;
    if (typeof value !== 'string') throw invalidValue('Every member needs a value, the id of a user.');
    return value.toLowerCase();
  });
  const externalId = lineOf(read.externalId, 'externalId', LONGEST_NAME) ?? null;
  return { displayName, externalId, memberIds: [...new Set(memberIds)] };
}

/** What a directory may change of a group: the ground that a PATCH works on. */
export function writableGroup(group: ScimGroup): Json {
  return {
    schemas: [GROUP_SCHEMA],
    ...(group.externalId === null ? {} : { externalId: group.externalId }),
    displayName: group.name,
    members: group.members.map(({ id }) => ({ value: id })),
  };
}

/** The Group resource. @param root the base URL of the SCIM routes */
export function groupResource(group: ScimGroup, root: string): Json {
  return {
    ...writableGroup(group),
    id: group.id,
    members: group.members.map(({ id, name }) => ({ value: id, display: name, $ref: `${root}/Users/${id}` })),
    meta: {
      resourceType: 'Group',
      created: group.createdAt.toISOString(),
      lastModified: group.updatedAt.toISOString(),
      location: `${root}/Groups/${group.id}`,
    },
  };
}
