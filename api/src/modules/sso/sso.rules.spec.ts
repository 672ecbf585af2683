import { describe, expect, it } from '@jest/globals';
import {
  discoveryUrl,
  mailDomain,
  nameFor,
  objectionToJoining,
  readClaims,
  readDocument,
  roleByGroups,
} from './sso.rules';

const ISSUER = 'https://id.test/realms/one';
const DOCUMENT = {
  issuer: ISSUER,
  authorization_endpoint: `${ISSUER}/auth`,
  token_endpoint: `${ISSUER}/token`,
  jwks_uri: `${ISSUER}/keys`,
  id_token_signing_alg_values_supported: ['HS256', 'none', 'RS256', 'ES256'],
};

describe('what an issuer says of itself', () => {
  it('is read for what is used, with the signatures that are believed', () => {
    expect(readDocument(ISSUER, { ...DOCUMENT, more: 'ignored', userinfo_endpoint: `${ISSUER}/me` })).toEqual({
      ...DOCUMENT,
      userinfo_endpoint: `${ISSUER}/me`,
      id_token_signing_alg_values_supported: ['RS256', 'ES256'],
    });
    expect(discoveryUrl(`${ISSUER}/`)).toBe(discoveryUrl(ISSUER));
  });

  it.each([
    ['another case', { issuer: ISSUER.toUpperCase() }],
    ['a slash more', { issuer: `${ISSUER}/` }],
    ['no issuer', { issuer: undefined }],
    ['a template for one', { issuer: 'https://id.test/{tenantid}' }],
    ['no token endpoint', { token_endpoint: undefined }],
    ['a script as its page', { authorization_endpoint: 'javascript:alert(1)' }],
    ['an endpoint without TLS', { token_endpoint: 'http://id.test/token' }],
    ['no signature but a shared secret', { id_token_signing_alg_values_supported: ['HS256', 'none'] }],
  ])('is refused with %s', (_, change) => {
    expect(typeof readDocument(ISSUER, { ...DOCUMENT, ...change })).toBe('string');
  });

  it.each([null, 'text', [DOCUMENT], 7])('is refused when it is %j', (json) => {
    expect(typeof readDocument(ISSUER, json)).toBe('string');
  });
});

describe('what a provider says of a person', () => {
  it.each([
    [true, true],
    ['true', true],
    [1, true],
    [false, false],
    ['false', false],
    [undefined, false],
    ['yes', false],
  ])('an address that is verified as %j counts: %s', (email_verified, counts) => {
    expect(readClaims('s', { email: 'a@x.test', email_verified }, null).emailVerified).toBe(counts);
  });

  it.each([
    ['groups', { groups: ['a', 7, 'b'] }, ['a', 'b']],
    ['groups', { groups: 'a' }, ['a']],
    ['groups', {}, []],
    ['realm_access.roles', { realm_access: { roles: ['a'] } }, ['a']],
    ['https://x.test/roles', { 'https://x.test/roles': ['a'] }, ['a']],
    ['constructor.name', {}, []],
    [null, { groups: ['a'] }, []],
  ])('at the claim %j of %j lie the groups %j', (claim, claims, groups) => {
    expect(readClaims('s', claims, claim).groups).toEqual(groups);
  });

  it('is no address when it is none, and knows a second factor by its methods', () => {
    expect(readClaims('s', { email: 'not an address' }, null).email).toBeNull();
    expect(readClaims('s', { amr: ['pwd', 'otp'] }, null).secondFactor).toBe(true);
    expect(readClaims('s', { amr: ['pwd'] }, null).secondFactor).toBe(false);
  });

  it('gives a name that can be shown', () => {
    expect(nameFor({ name: ' Ada\u0000\u2028 Lovelace ', email: null })).toBe('Ada Lovelace');
    expect(nameFor({ name: null, email: 'ada@x.test' })).toBe('ada');
    expect(nameFor({ name: '\u0007', email: null })).toBe('New member');
  });
});

describe('who may join', () => {
  const claims = { email: 'ada@X.test', emailVerified: true };
  const admission = { domains: ['x.test'], anyDomain: false, allowedEmailDomains: [] };

  it.each([
    ['with an address of the domain', {}, {}, null],
    ['with one of another', { email: 'ada@y.test' }, {}, 'domain_not_allowed'],
    ['with one of a domain below', { email: 'ada@sub.x.test' }, {}, 'domain_not_allowed'],
    ['with one that only ends alike', { email: 'ada@notx.test' }, {}, 'domain_not_allowed'],
    ['with one that was not verified', { emailVerified: false }, {}, 'email_unverified'],
    ['without any', { email: null }, {}, 'email_unverified'],
    ['where nothing is said', {}, { domains: [] }, 'domain_not_allowed'],
    ['where any may', {}, { domains: [], anyDomain: true }, null],
    ['where the policies name another', {}, { allowedEmailDomains: ['y.test'] }, 'domain_not_allowed'],
    ['where the policies name this one', {}, { allowedEmailDomains: ['X.test'] }, null],
  ])('%s', (_, person, place, objection) => {
    expect(objectionToJoining({ ...claims, ...person }, { ...admission, ...place })).toBe(objection);
  });

  it('gets the role of the first group in the list', () => {
    const list = [
      { group: 'a', roleId: 'one' },
      { group: 'b', roleId: 'two' },
    ];
    expect(roleByGroups(['b', 'a'], list, 'none')).toBe('one');
    expect(roleByGroups(['b'], list, 'none')).toBe('two');
    expect(roleByGroups(['A'], list, 'none')).toBe('none');
    expect(mailDomain('"a@b"@X.Test')).toBe('x.test');
  });
});
