import { accountAddress } from '../../../platform/account-address';
import { isObject, type Json, lineOf, objectOf, USER_SCHEMA } from './scim-resource';
import { invalidValue } from './scim-refusal';

const LONGEST_NAME = 200;
const LONGEST_ADDRESS = 320;
/** What a directory says of a person beyond what we use, kept so that it reads back what it wrote. */
const KEPT = ['title', 'nickName', 'preferredLanguage', 'locale', 'timezone'] as const;
const NAME_PARTS = ['formatted', 'givenName', 'familyName'] as const;

export interface ScimName {
  formatted?: string;
  givenName?: string;
  familyName?: string;
}
/** What a directory said of a person. */
export type UserAttributes = { displayName?: string; name?: ScimName } & { [K in (typeof KEPT)[number]]?: string };

/** A person as a directory wants them. */
export interface WantedUser {
  userName: string;
  externalId: string | null;
  email: string;
  /** As colleagues see them. */
  shownName: string;
  active: boolean;
  attributes: UserAttributes;
}

/** A person as they are here. */
export interface ScimUser {
  userId: string;
  membershipId: string;
  roleId: string;
  owner: boolean;
  email: string;
  name: string;
  active: boolean;
  userName: string;
  externalId: string | null;
  /** True when the account was made by this directory. */
  madeHere: boolean;
  attributes: UserAttributes;
  createdAt: Date;
  updatedAt: Date;
  teams: { id: string; name: string }[];
}

/** Reads a User resource. What we do not know is left out. @throws ScimRefusal `invalidSyntax`, `invalidValue` */
export function readUser(body: unknown): WantedUser {
  const read = objectOf(body);
  const userName = lineOf(read.userName, 'userName', LONGEST_ADDRESS);
  if (!userName) throw invalidValue('userName is required.');
  const email = accountAddress(addressOf(read.emails) ?? userName);
  if (!email || email.length > LONGEST_ADDRESS) {
    throw invalidValue('A user needs a mail address, in emails or as userName.');
  }
  const attributes = attributesOf(read);
  return {
    userName,
    email,
    externalId: lineOf(read.externalId, 'externalId', LONGEST_NAME) ?? null,
    shownName: shownName(attributes, userName),
    active: activeOf(read.active),
    attributes,
  };
}

function attributesOf(read: Json): UserAttributes {
  const attributes: UserAttributes = {};
  for (const key of ['displayName', ...KEPT] as const) {
    const line = lineOf(read[key], key, LONGEST_NAME);
    if (line) attributes[key] = line;
  }
  if (read.name === undefined || read.name === null) return attributes;
  if (!isObject(read.name)) throw invalidValue('name must be an object.');
  const name: ScimName = {};
  for (const part of NAME_PARTS) {
    const line = lineOf(read.name[part], `name.${part}`, LONGEST_NAME);
    if (line) name[part] = line;
  }
  return Object.keys(name).length > 0 ? { ...attributes, name } : attributes;
}

function shownName({ displayName, name }: UserAttributes, userName: string): string {
  const parts = [name?.givenName, name?.familyName].filter(Boolean).join(' ');
  return (displayName ?? (parts || name?.formatted) ?? userName.split('@')[0] ?? userName).slice(0, LONGEST_NAME);
}

/** The primary address, or the one for work, or the first. */
function addressOf(emails: unknown): string | undefined {
  if (emails === undefined || emails === null) return undefined;
  if (!Array.isArray(emails)) throw invalidValue('emails must be a list.');
  const read = emails.filter(isObject).filter(({ value }) => typeof value === 'string' && value.trim() !== '');
  const chosen =
    read.find(({ primary }) => primary === true || primary === 'true' || primary === 'True') ??
    read.find(({ type }) => type === 'work') ??
    read[0];
  return lineOf(chosen?.value, 'emails.value', LONGEST_ADDRESS);
}

/** Entra sends words where the protocol has booleans. */
function activeOf(value: unknown): boolean {
  if (value === undefined || value === null) return true;
  if (typeof value === 'boolean') return value;
  const word = typeof value === 'string' ? value.toLowerCase() : '';
  if (word === 'true' || word === 'false') return word === 'true';
  throw invalidValue('active must be true or false.');
}

/** What a directory may change of a user: the ground that a PATCH works on. */
export function writableUser(user: ScimUser): Json {
  const { displayName, name, ...kept } = user.attributes;
  return {
    schemas: [USER_SCHEMA],
    ...(user.externalId === null ? {} : { externalId: user.externalId }),
    userName: user.userName,
    ...(displayName ? { displayName } : {}),
    ...(name ? { name } : {}),
    ...kept,
    emails: [{ value: user.email, type: 'work', primary: true }],
    active: user.active,
  };
}

/** The User resource. @param root the base URL of the SCIM routes */
export function userResource(user: ScimUser, root: string): Json {
  return {
    ...writableUser(user),
    id: user.userId,
    displayName: user.attributes.displayName ?? user.name,
    name: { formatted: user.name, ...user.attributes.name },
    groups: user.teams.map(({ id, name }) => ({
      value: id,
      display: name,
      type: 'direct',
      $ref: `${root}/Groups/${id}`,
    })),
    meta: {
      resourceType: 'User',
      created: user.createdAt.toISOString(),
      lastModified: user.updatedAt.toISOString(),
      location: `${root}/Users/${user.userId}`,
    },
  };
}
