import type { GroupRole, SsoOutcome } from '@threadline/contracts';

/** Signatures that are believed: none without a key, none with one that both sides know. */
export const ALGORITHMS = [
  'RS256',
  'RS384',
  'RS512',
  'PS256',
  'PS384',
  'PS512',
  'ES256',
  'ES384',
  'ES512',
  'EdDSA',
  'Ed25519',
] as const;

/** The parts of a discovery document that are used. */
export interface IssuerDocument {
  issuer: string;
  authorization_endpoint: string;
  token_endpoint: string;
  jwks_uri: string;
  userinfo_endpoint?: string;
  token_endpoint_auth_methods_supported?: string[];
  id_token_signing_alg_values_supported: string[];
  authorization_response_iss_parameter_supported?: boolean;
}

/** What is known of a person after a provider vouched for them. */
export interface Claims {
  subject: string;
  email: string | null;
  /** True when the provider says that it has seen the mail address work. */
  emailVerified: boolean;
  name: string | null;
  groups: string[];
  /** True when the provider says that it asked for a second factor. */
  secondFactor: boolean;
}

/** Where an issuer's discovery document lies (OpenID Connect Discovery 1.0, 4.1). */
export function discoveryUrl(issuer: string): string {
  return `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`;
}

/**
 * Reads a discovery document. The issuer in it has to be the configured one to the letter (ASVS 10.5.3).
 * @returns the document, or the sentence that says what is wrong with it
 */
export function readDocument(issuer: string, json: unknown): IssuerDocument | string {
  if (typeof json !== 'object' || json === null || Array.isArray(json)) return 'There is no discovery document there.';
  const read = json as Record<string, unknown>;
  if (read.issuer !== issuer) {
    const said = typeof read.issuer === 'string' ? `“${read.issuer.slice(0, 200)}”` : 'nothing';
    return `The provider calls itself ${said}, which has to be the issuer to the letter.`;
  }
  const endpoint = (name: string) => (isEndpoint(read[name], issuer) ? (read[name] as string) : null);
  const [authorization, token, keys] = ['authorization_endpoint', 'token_endpoint', 'jwks_uri'].map(endpoint);
  if (!authorization || !token || !keys) return 'The discovery document lacks an endpoint, or names one without TLS.';
  const algorithms = words(read.id_token_signing_alg_values_supported) ?? ['RS256'];
  const believed = algorithms.filter((each) => (ALGORITHMS as readonly string[]).includes(each));
  if (believed.length === 0) return 'The provider signs with no algorithm that is accepted here.';
  const userinfo = endpoint('userinfo_endpoint');
  const methods = words(read.token_endpoint_auth_methods_supported);
  return {
    issuer,
    authorization_endpoint: authorization,
    token_endpoint: token,
    jwks_uri: keys,
    id_token_signing_alg_values_supported: believed,
    ...(userinfo ? { userinfo_endpoint: userinfo } : {}),
    ...(methods ? { token_endpoint_auth_methods_supported: methods } : {}),
    ...(read.authorization_response_iss_parameter_supported === true
      ? { authorization_response_iss_parameter_supported: true }
      : {}),
  };
}

/** A browser is sent there and secrets go there: never without TLS, unless the issuer itself is inside without it. */
function isEndpoint(value: unknown, issuer: string): boolean {
  if (typeof value !== 'string' || !URL.canParse(value)) return false;
  const { protocol } = new URL(value);
  return protocol === 'https:' || (protocol === 'http:' && issuer.startsWith('http:'));
}

const SECOND_FACTORS = new Set(['mfa', 'otp', 'hwk', 'swk', 'sms', 'tel', 'fpt', 'face', 'sc']);

/** What the claims of the ID token, and those of the userinfo endpoint below them, say of a person. */
export function readClaims(subject: string, claims: Record<string, unknown>, groupsClaim: string | null): Claims {
  const email = text(claims.email);
  const verified = claims.email_verified ?? claims.xms_edov;
  const methods = words(claims.amr) ?? [];
  return {
    subject,
    email: email && /^[^\s@]+@[^\s@]+$/.test(email) && email.length <= 320 ? email : null,
    emailVerified: verified === true || verified === 'true' || verified === 1 || verified === '1',
    name: text(claims.name) ?? text([claims.given_name, claims.family_name].filter(Boolean).join(' ')),
    groups: groupsOf(groupsClaim, claims),
    secondFactor: methods.some((method) => SECOND_FACTORS.has(method)),
  };
}

/** The value at a claim, which may lie inside another: `realm_access.roles`. A claim whose name has dots wins. */
function groupsOf(claim: string | null, claims: Record<string, unknown>): string[] {
  if (!claim) return [];
  const inside = claim
    .split('.')
    .reduce<unknown>((value, key) => (isRecord(value) && Object.hasOwn(value, key) ? value[key] : undefined), claims);
  const value = Object.hasOwn(claims, claim) ? claims[claim] : inside;
  return typeof value === 'string' ? [value] : (words(value) ?? []);
}

/** The role that a person's groups give: of the first group in the list that they are in; otherwise the default one. */
export function roleByGroups(
  groups: readonly string[],
  groupRoles: readonly GroupRole[],
  defaultRoleId: string,
): string {
  return groupRoles.find(({ group }) => groups.includes(group))?.roleId ?? defaultRoleId;
}

/** The domain of a mail address, in lower case. */
export function mailDomain(email: string): string {
  return email.slice(email.lastIndexOf('@') + 1).toLowerCase();
}

/** What a provider lets in. */
export interface Admission {
  domains: readonly string[];
  anyDomain: boolean;
  /** Of the workspace's policies; empty for any. */
  allowedEmailDomains: readonly string[];
}

/** Why somebody unknown may not join; null when they may. Only an address the provider has verified counts. */
export function objectionToJoining(
  claims: Pick<Claims, 'email' | 'emailVerified'>,
  admission: Admission,
): SsoOutcome | null {
  if (!claims.email || !claims.emailVerified) return 'email_unverified';
  const domain = mailDomain(claims.email);
  const { domains, anyDomain, allowedEmailDomains } = admission;
  const admitted = domains.length > 0 ? domains.includes(domain) : anyDomain;
  const allowed = allowedEmailDomains.length === 0 || allowedEmailDomains.some((each) => each.toLowerCase() === domain);
  return admitted && allowed ? null : 'domain_not_allowed';
}

/** A name for somebody whose provider gave none that can be shown. */
export function nameFor(claims: Pick<Claims, 'name' | 'email'>): string {
  const said = (claims.name ?? '')
    .replace(/[\p{Cc}\p{Cs}\p{Zl}\p{Zp}]/gu, '')
    .trim()
    .normalize();
  return (said || (claims.email ?? '').split('@')[0] || 'New member').slice(0, 200);
}

function text(value: unknown): string | null {
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : null;
}

function words(value: unknown): string[] | null {
  return Array.isArray(value) ? value.filter((each): each is string => typeof each === 'string') : null;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
