import { Injectable } from '@nestjs/common';
import type { SsoOutcome } from '@threadline/contracts';
import * as oidc from 'openid-client';
import { accountAddress } from '../../platform/account-address';
import { Clock } from '../../platform/clock';
import { Config } from '../../platform/config';
import { type OutboundAnswer, OutboundFailure, OutboundHttp } from '../../platform/outbound';
import { Refusal } from '../../platform/refusal';
import type { ProviderWithSecret } from './providers/providers.queries';
import { type Claims, discoveryUrl, type IssuerDocument, readClaims, readDocument } from './sso.rules';

/** Milliseconds for one call to a provider, and bytes of its answer. */
const DEADLINE_MS = 8_000;
const MOST_BYTES = 512 * 1024;
/** How long a discovery document is used before it is fetched again. Milliseconds. */
const KEPT_MS = 5 * 60_000;
const MOST_KEPT = 500;

/** What binds a sign-in to the browser it was begun in. */
export interface Checks {
  state: string;
  nonce: string;
  verifier: string;
}

/** A visit to a provider that did not end as it should. */
export class VisitFailed extends Error {
  constructor(
    readonly outcome: SsoOutcome,
    reason: string,
  ) {
    super(reason);
  }
}

/** Talks OpenID Connect to identity providers, over the guarded client alone. */
@Injectable()
export class OidcClient {
  private readonly known = new Map<string, { config: oidc.Configuration; at: number }>();

  constructor(
    private readonly http: OutboundHttp,
    private readonly clock: Clock,
    private readonly config: Config,
  ) {}

  /** What has to be entered at every provider. */
  get redirectUri(): string {
    return `${this.config.publicUrl}/api/auth/sso/callback`;
  }

  /**
   * Fetches and checks what an issuer says of itself.
   * @throws Refusal `address_not_allowed`, `sso_failed` with the reason in words
   */
  async discover(issuer: string): Promise<IssuerDocument> {
    const json = await this.fetchDocument(issuer);
    const document = readDocument(issuer, json);
    if (typeof document === 'string') throw new Refusal('sso_failed', { detail: document });
    return document;
  }

  /** How many signing keys the issuer publishes. @throws Refusal as `discover` */
  async countKeys(document: IssuerDocument): Promise<number> {
    const answer = await this.get(document.jwks_uri);
    const { keys } = (json(answer) ?? {}) as { keys?: unknown };
    return Array.isArray(keys) ? keys.length : 0;
  }

  /** The provider's page to send a browser to. @throws Refusal as `discover` */
  async authorizationUrl(provider: ProviderWithSecret, checks: Checks, loginHint: string | null): Promise<string> {
    const config = await this.configuration(provider);
    const parameters: Record<string, string> = {
      redirect_uri: this.redirectUri,
      scope: 'openid profile email',
      state: checks.state,
      ...(loginHint ? { login_hint: loginHint } : {}),
    };
    if (!knowsNoPkce(provider)) {
      parameters.code_challenge = await oidc.calculatePKCECodeChallenge(checks.verifier);
      parameters.code_challenge_method = 'S256';
      parameters.nonce = checks.nonce;
    }
    return oidc.buildAuthorizationUrl(config, parameters).href;
  }

  /**
   * Exchanges what came back with the browser for what the provider says of the person: state, `iss`, PKCE, nonce,
   * signature, issuer, audience and times are all checked.
   * @throws VisitFailed
   */
  async claims(provider: ProviderWithSecret, query: string, checks: Checks): Promise<Claims> {
    try {
      const config = await this.configuration(provider);
      const bound = knowsNoPkce(provider) ? {} : { pkceCodeVerifier: checks.verifier, expectedNonce: checks.nonce };
      const tokens = await oidc.authorizationCodeGrant(config, new URL(`${this.redirectUri}?${query}`), {
        expectedState: checks.state,
        idTokenExpected: true,
        ...bound,
      });
      const idToken = tokens.claims();
      if (!idToken) throw new VisitFailed('failed', 'no ID token came');
      const more = await this.userInfo(config, provider, tokens.access_token, idToken);
      const claims = readClaims(idToken.sub, { ...more, ...idToken }, provider.groupsClaim);
      return { ...claims, email: accountAddress(claims.email ?? '') ?? null };
    } catch (error) {
      throw failureOf(error);
    }
  }

  /** Asked only when the ID token leaves something open. */
  private async userInfo(
    config: oidc.Configuration,
    provider: ProviderWithSecret,
    accessToken: string,
    idToken: oidc.IDToken,
  ): Promise<Record<string, unknown>> {
    const { email, groups, name } = readClaims(idToken.sub, idToken, provider.groupsClaim);
    const whole = email !== null && name !== null && (provider.groupsClaim === null || groups.length > 0);
    if (whole || !config.serverMetadata().userinfo_endpoint) return {};
    return oidc.fetchUserInfo(config, accessToken, idToken.sub);
  }

  private async configuration(provider: ProviderWithSecret): Promise<oidc.Configuration> {
    const key = `${provider.id} ${provider.updatedAt}`;
    const known = this.known.get(key);
    if (known && this.clock.millis() - known.at < KEPT_MS) return known.config;
    const config = this.configure(await this.discover(provider.issuer), provider);
    if (this.known.size >= MOST_KEPT) this.known.clear();
    this.known.set(key, { config, at: this.clock.millis() });
    return config;
  }

  private configure(document: IssuerDocument, provider: ProviderWithSecret): oidc.Configuration {
    const { clientId, clientSecret } = provider;
    const methods = document.token_endpoint_auth_methods_supported;
    const posted = methods ? methods.includes('client_secret_post') : provider.preset === 'linkedin';
    const authentication = posted ? oidc.ClientSecretPost(clientSecret) : oidc.ClientSecretBasic(clientSecret);
    const config = new oidc.Configuration({ ...document }, clientId, { client_secret: clientSecret }, authentication);
    config[oidc.customFetch] = (url, options) => this.fetch(url, options);
    config.timeout = DEADLINE_MS / 1000;
    // Whether an address without TLS may be called at all is for the guard to say.
    if (provider.issuer.startsWith('http:')) oidc.allowInsecureRequests(config);
    oidc.enableNonRepudiationChecks(config);
    return config;
  }

  private async fetch(url: string, options: oidc.CustomFetchOptions): Promise<Response> {
    const { body, headers, method } = options;
    const answer = await this.http.request({
      url,
      method: method === 'POST' ? 'POST' : 'GET',
      headers: Object.fromEntries(new Headers(headers as Record<string, string>)),
      ...(body === undefined || body === null ? {} : { body: String(body as string | URLSearchParams) }),
      deadlineMs: DEADLINE_MS,
      maxBytes: MOST_BYTES,
    });
    const said = new Headers();
    for (const [name, value] of Object.entries(answer.headers)) {
      for (const each of [value ?? []].flat()) said.append(name, each);
    }
    const bare = [204, 205, 304].includes(answer.status);
    return new Response(bare ? null : new Uint8Array(answer.body), { status: answer.status, headers: said });
  }

  private async fetchDocument(issuer: string): Promise<unknown> {
    const answer = await this.get(discoveryUrl(issuer));
    if (answer.status !== 200) {
      throw new Refusal('sso_failed', { detail: `The discovery document was answered with ${answer.status}.` });
    }
    return json(answer);
  }

  private async get(url: string): Promise<OutboundAnswer> {
    try {
      const headers = { accept: 'application/json' };
      return await this.http.request({ url, method: 'GET', headers, deadlineMs: DEADLINE_MS, maxBytes: MOST_BYTES });
    } catch (error) {
      throw error instanceof OutboundFailure ? new Refusal('sso_failed', { detail: error.message }) : error;
    }
  }
}

/** LinkedIn refuses a code verifier and returns no nonce; what binds its visits to the browser is the state. */
function knowsNoPkce({ preset, issuer }: ProviderWithSecret): boolean {
  return preset === 'linkedin' && issuer === 'https://www.linkedin.com/oauth';
}

function json(answer: OutboundAnswer): unknown {
  try {
    return JSON.parse(answer.body.toString('utf8'));
  } catch {
    return null;
  }
}

/** Why a visit failed. What the provider says is for the log: it is text of others, and may be anything. */
function failureOf(error: unknown): VisitFailed {
  if (error instanceof VisitFailed) return error;
  const inside = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  for (const each of [error, inside]) {
    if (each instanceof OutboundFailure) return new VisitFailed('unreachable', each.message);
    if (each instanceof Refusal) return new VisitFailed('failed', each.message);
  }
  if (error instanceof oidc.AuthorizationResponseError) {
    return new VisitFailed(
      error.error === 'access_denied' ? 'denied' : 'failed',
      `the provider answered ${error.error}`,
    );
  }
  return new VisitFailed('failed', error instanceof Error ? error.message : 'unknown');
}
