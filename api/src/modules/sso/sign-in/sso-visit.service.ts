import { Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Refusal } from '../../../platform/refusal';
import { cameFrom, RefreshCookie } from '../../auth';
import { OidcClient, VisitFailed } from '../oidc.client';
import { ProviderLookup } from '../providers/provider-lookup';
import { SsoSignIn } from './sso-sign-in.service';
import { type VisitEnd, VisitEnds } from './visit-ends';
import { type Visit, Visits } from './visits';

/** A browser's way to a provider and back. */
@Injectable()
export class SsoVisit {
  constructor(
    private readonly visits: Visits,
    private readonly oidc: OidcClient,
    private readonly providers: ProviderLookup,
    private readonly signIn: SsoSignIn,
    private readonly ends: VisitEnds,
    private readonly cookie: RefreshCookie,
  ) {}

  /** The provider's page, and the cookie for the way back. @throws Refusal `not_found`, `address_not_allowed`, `sso_failed` */
  async begin(
    reply: FastifyReply,
    at: { workspaceId: string; providerId: string },
    how: { returnTo: string | undefined; email: string | null; link: Visit['link'] },
  ): Promise<string> {
    const provider = await this.providers.enabled(at);
    if (!provider) throw new Refusal('not_found');
    const visit = this.visits.plan({ ...at, returnTo: how.returnTo, link: how.link });
    const url = await this.oidc.authorizationUrl(provider, visit, how.email);
    await this.visits.begin(reply, visit);
    return url;
  }

  /** Ends a visit: signs in, or links. Never throws for what others did wrong. */
  async end(request: FastifyRequest, reply: FastifyReply): Promise<VisitEnd> {
    const query = request.url.split('?')[1] ?? '';
    const visit = await this.visits.end(request, reply, new URLSearchParams(query).get('state'));
    if (!visit) return this.ends.failed(null, 'expired', 'no visit of this browser has that state, or it is over');
    try {
      const provider = await this.providers.enabled(visit);
      if (!provider) throw new VisitFailed('provider_off', 'the provider was switched off meanwhile');
      const claims = await this.oidc.claims(provider, query, visit);
      if (visit.link) return await this.ends.link(visit, visit.link, provider, claims);
      const tokens = await this.signIn.signIn(visit.workspaceId, provider, claims, cameFrom(request));
      this.cookie.set(reply, tokens.refreshToken);
      return { to: this.ends.path(visit.returnTo), outcome: null, reason: null };
    } catch (error) {
      if (!(error instanceof VisitFailed)) throw error;
      return this.ends.failed(visit, error.outcome, error.message);
    }
  }
}
