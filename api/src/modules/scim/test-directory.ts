import type { ScimToken } from '@threadline/contracts';
import { type Answer, Person } from '../../../test';

export type Resource = Record<string, unknown> & { id: string };
export interface ListAnswer {
  totalResults: number;
  startIndex: number;
  itemsPerPage: number;
  Resources: Resource[];
}
export interface ScimProblem {
  schemas: string[];
  status: string;
  scimType?: string;
  detail: string;
}

const HEADERS = { 'content-type': 'application/scim+json; charset=utf-8', accept: 'application/scim+json' };

/** An identity provider that keeps a workspace in step, with a token of it. */
export class TestDirectory {
  private constructor(
    readonly caller: Person,
    readonly token: ScimToken & { token: string },
  ) {}

  static async of(owner: Person, name = 'Okta'): Promise<TestDirectory> {
    const { status, body } = await owner.post<ScimToken & { token: string }>('/api/scim/tokens', { name });
    if (status !== 201) throw new Error(`No token: ${status} ${JSON.stringify(body)}`);
    return new TestDirectory(TestDirectory.with(owner, body.token), body);
  }

  /** Somebody who shows this token. */
  static with(owner: Person, token: string): Person {
    return new Person(owner.url, { accessToken: token } as Person['session']);
  }

  get<T = Resource>(path: string): Promise<Answer<T>> {
    return this.caller.get<T>(`/scim/v2${path}`, { accept: HEADERS.accept });
  }

  post<T = Resource>(path: string, body: unknown): Promise<Answer<T>> {
    return this.caller.post<T>(`/scim/v2${path}`, body, HEADERS);
  }

  put<T = Resource>(path: string, body: unknown): Promise<Answer<T>> {
    return this.caller.put<T>(`/scim/v2${path}`, body, HEADERS);
  }

  patch<T = Resource>(path: string, ...operations: object[]): Promise<Answer<T>> {
    const schemas = ['urn:ietf:params:scim:api:messages:2.0:PatchOp'];
    return this.caller.patch<T>(`/scim/v2${path}`, { schemas, Operations: operations }, HEADERS);
  }

  delete(path: string): Promise<Answer> {
    return this.caller.delete(`/scim/v2${path}`);
  }
}

/** A user in the shape that Okta sends. */
export function oktaUser(email: string, more: object = {}): object {
  return {
    schemas: ['urn:ietf:params:scim:schemas:core:2.0:User'],
    userName: email,
    name: { givenName: 'Grace', familyName: 'Hopper' },
    emails: [{ primary: true, value: email, type: 'work' }],
    displayName: 'Grace Hopper',
    locale: 'en-US',
    externalId: `00u${email}`,
    groups: [],
    password: 'not taken',
    active: true,
    ...more,
  };
}

/** A user in the shape that Entra sends. */
export function entraUser(email: string, more: object = {}): object {
  return {
    schemas: [
      'urn:ietf:params:scim:schemas:core:2.0:User',
      'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User',
    ],
    externalId: email.split('@')[0],
    userName: email,
    active: true,
    displayName: 'Joan Clarke',
    emails: [{ primary: true, type: 'work', value: email }],
    meta: { resourceType: 'User' },
    name: { formatted: 'Joan Clarke', familyName: 'Clarke', givenName: 'Joan' },
    roles: [],
    'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User': { department: 'Hut 8', manager: null },
    ...more,
  };
}
