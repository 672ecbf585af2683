import type { Me, Role, SignedIn, SsoStart } from '@threadline/contracts';
import { type Answer, cookieOf, Person, type TestApp } from '../../../test';
import { type IdentityProvider, startIdentityProvider } from '../../../../tools/identity-provider/index.mjs';

/** An identity provider that a workspace is set up with, and browsers on their way to it and back. */
export class TestVisits {
  private constructor(
    private readonly app: TestApp,
    readonly idp: IdentityProvider,
    readonly providerId: string,
  ) {}

  /** The provider gives the role of agent, unless told otherwise. */
  static async of(app: TestApp, owner: Person, more: object = {}): Promise<TestVisits> {
    const idp = await startIdentityProvider({ redirectUri: `${app.url}/api/auth/sso/callback` });
    const roles = await owner.get<{ items: Role[] }>('/api/roles');
    const { status, body } = await owner.post<{ id: string }>('/api/sso/providers', {
      name: 'Analytical ID',
      preset: 'custom',
      issuer: idp.issuer,
      clientId: idp.clientId,
      clientSecret: idp.clientSecret,
      defaultRoleId: roles.body.items.find(({ builtIn }) => builtIn === 'agent')?.id,
      domains: ['example.com'],
      ...more,
    });
    if (status !== 201) throw new Error(`No provider: ${status} ${JSON.stringify(body)}`);
    return new TestVisits(app, idp, body.id);
  }

  /** The same identity provider, as another provider has it. */
  at(providerId: string): TestVisits {
    return new TestVisits(this.app, this.idp, providerId);
  }

  /** The whole way of a browser, from the click to the return. */
  async signIn(subject: string, claims: object): Promise<Answer> {
    const begun = await this.app.stranger.post<SsoStart>('/api/auth/sso/start', { providerId: this.providerId });
    return this.comeBack(begun, begun.body.url ?? '', subject, claims);
  }

  /** The same from settings, to link the identity to the account of who is signed in. */
  async link(person: Person, subject: string, claims: object): Promise<Answer> {
    const begun = await person.post<{ url: string }>('/api/auth/identities/start', { providerId: this.providerId });
    return this.comeBack(begun, begun.body.url, subject, claims);
  }

  /** Whoever such a way has signed in. */
  async enter(answer: Answer): Promise<Person> {
    const cookie = cookieOf(answer) ?? '';
    const renewed = await this.app.stranger.post<SignedIn>('/api/auth/refresh', undefined, { cookie });
    const authorization = `Bearer ${renewed.body.accessToken}`;
    const { user, workspace } = (await this.app.stranger.get<Me>('/api/auth/me', { authorization })).body;
    return new Person(this.app.url, { ...renewed.body, user, workspace }, cookie);
  }

  private async comeBack(begun: Answer, url: string, subject: string, claims: object): Promise<Answer> {
    this.idp.people[subject] = { email_verified: true, name: 'Eve', ...claims };
    const { pathname, search } = new URL(await this.idp.visit(url, subject), this.app.url);
    return this.app.stranger.get(`${pathname}${search}`, { cookie: cookiesOf(begun) });
  }
}

function cookiesOf(answer: Answer): string {
  const lines = [answer.headers['set-cookie'] ?? []].flat();
  return lines.map((line) => line.split(';')[0] ?? '').join('; ');
}
