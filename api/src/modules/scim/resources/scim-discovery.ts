import { GROUP_SCHEMA, type Json, MOST_RESULTS, USER_SCHEMA } from './scim-resource';

const CORE = 'urn:ietf:params:scim:schemas:core:2.0';

/** What of the protocol is offered (RFC 7643, 5). */
export function serviceProviderConfig(root: string): Json {
  return {
    schemas: [`${CORE}:ServiceProviderConfig`],
    patch: { supported: true },
    bulk: { supported: false, maxOperations: 0, maxPayloadSize: 0 },
    filter: { supported: true, maxResults: MOST_RESULTS },
    changePassword: { supported: false },
    sort: { supported: false },
    etag: { supported: false },
    authenticationSchemes: [
      {
        type: 'oauthbearertoken',
        name: 'Bearer token',
        description: 'A SCIM token of the workspace, in the Authorization header.',
        primary: true,
      },
    ],
    meta: { resourceType: 'ServiceProviderConfig', location: `${root}/ServiceProviderConfig` },
  };
}

/** What kinds of things there are (RFC 7643, 6). */
export function resourceTypes(root: string): Json[] {
  const type = (name: string, schema: string, description: string) => ({
    schemas: [`${CORE}:ResourceType`],
    id: name,
    name,
    description,
    endpoint: `/${name}s`,
    schema,
    meta: { resourceType: 'ResourceType', location: `${root}/ResourceTypes/${name}` },
  });
  return [
    type('User', USER_SCHEMA, 'A member of the workspace'),
    type('Group', GROUP_SCHEMA, 'A team of the workspace'),
  ];
}

interface Said {
  type?: 'string' | 'boolean' | 'complex' | 'reference';
  multiValued?: boolean;
  required?: boolean;
  mutability?: 'readWrite' | 'readOnly';
  uniqueness?: 'none' | 'server';
  caseExact?: boolean;
  subAttributes?: Json[];
}

function attribute(name: string, said: Said = {}): Json {
  return {
    name,
    type: 'string',
    multiValued: false,
    required: false,
    caseExact: false,
    mutability: 'readWrite',
    returned: 'default',
    uniqueness: 'none',
    ...said,
  };
}

/** What they consist of (RFC 7643, 7). */
export function schemas(root: string): Json[] {
  const schema = (id: string, name: string, description: string, attributes: Json[]) => ({
    schemas: [`${CORE}:Schema`],
    id,
    name,
    description,
    attributes,
    meta: { resourceType: 'Schema', location: `${root}/Schemas/${id}` },
  });
  const given = { mutability: 'readOnly' } as const;
  return [
    schema(USER_SCHEMA, 'User', 'A member of the workspace', [
      attribute('userName', { required: true, uniqueness: 'server' }),
      attribute('externalId', { caseExact: true }),
      attribute('displayName'),
      attribute('name', {
        type: 'complex',
        subAttributes: [attribute('formatted'), attribute('givenName'), attribute('familyName')],
      }),
      ...['title', 'nickName', 'preferredLanguage', 'locale', 'timezone'].map((name) => attribute(name)),
      attribute('emails', {
        type: 'complex',
        multiValued: true,
        subAttributes: [attribute('value'), attribute('type'), attribute('primary', { type: 'boolean' })],
      }),
      attribute('active', { type: 'boolean' }),
      attribute('groups', {
        ...given,
        type: 'complex',
        multiValued: true,
        subAttributes: [attribute('value', given), attribute('display', given)],
      }),
    ]),
    schema(GROUP_SCHEMA, 'Group', 'A team of the workspace', [
      attribute('displayName', { required: true, uniqueness: 'server' }),
      attribute('externalId', { caseExact: true }),
      attribute('members', {
        type: 'complex',
        multiValued: true,
        subAttributes: [attribute('value', { caseExact: true }), attribute('display', given)],
      }),
    ]),
  ];
}
