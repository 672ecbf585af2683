import { Injectable } from '@nestjs/common';
import { ownPath, type SsoOutcome } from '@threadline/contracts';
import { Config } from '../../../platform/config';
import { UnitOfWork } from '../../../platform/work';
import { SessionDirectory } from '../../auth';
import { Identities } from '../identities/identities.service';
import { VisitFailed } from '../oidc.client';
import type { ProviderWithSecret } from '../providers/providers.queries';
import type { Claims } from '../sso.rules';
import type { Visit } from './visits';

/** Where the browser goes on to, and what it was. `reason` is for the log alone. */
export interface VisitEnd {
  to: string;
  outcome: SsoOutcome | null;
  reason: string | null;
}

/** The ends of visits: an identity linked, or a word about what went wrong. */
@Injectable()
export class VisitEnds {
  constructor(
    private readonly config: Config,
    private readonly work: UnitOfWork,
    private readonly directory: SessionDirectory,
    private readonly identities: Identities,
  ) {}

  /** Links to the account the visit was begun from, while its session still lives. @throws VisitFailed */
  async link(
    visit: Visit,
    by: NonNullable<Visit['link']>,
    provider: ProviderWithSecret,
    claims: Claims,
  ): Promise<VisitEnd> {
    const session = (await this.directory.lookUp([by.sessionId])).get(by.sessionId);
    if (!session || session.actor.userId !== by.userId) throw new VisitFailed('expired', 'the session has ended');
    await this.work.run(session.actor, (tx) => this.identities.link(tx, by.userId, provider, claims));
    return { to: this.path(visit.returnTo, { sso: 'linked' }), outcome: 'linked', reason: null };
  }

  failed(visit: Visit | null, outcome: SsoOutcome, reason: string): VisitEnd {
    if (visit?.link) return { to: this.path(visit.returnTo, { sso: outcome }), outcome, reason };
    const to: Record<string, string> = visit && visit.returnTo !== '/' ? { to: visit.returnTo } : {};
    return { to: this.path('/sign-in', { sso: outcome, ...to }), outcome, reason };
  }

  /** A path of ours, checked again on the way out, with more in its query. */
  path(wanted: string, query: Record<string, string> = {}): string {
    const url = new URL(ownPath(wanted, this.config.publicUrl), this.config.publicUrl);
    for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value);
    return `${url.pathname}${url.search}${url.hash}`;
  }
}
