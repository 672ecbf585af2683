import { Injectable, Logger } from '@nestjs/common';
import type { SsoChoice, SsoPreset, User } from '@threadline/contracts';
import { systemActor } from '../../../platform/access';
import { isDuplicate, SystemDatabase } from '../../../platform/database';
import { type Tx, UnitOfWork } from '../../../platform/work';
import { type SessionTokens, Sessions } from '../../auth';
import { Identities, type KnownIdentity } from '../identities/identities.service';
import { VisitFailed } from '../oidc.client';
import type { ProviderWithSecret } from '../providers/providers.queries';
import { Joining } from './joining.service';
import { type Claims, mailDomain } from '../sso.rules';

/** From where somebody signs in. */
export type From = Omit<Parameters<Sessions['start']>[2], 'method' | 'secondFactor' | 'issuer'>;

interface Account {
  user: User;
  /** True when nobody can sign in to it by anything: a directory made it, and its person has not been here yet. */
  unclaimed: boolean;
}

/** Signing in through an identity provider, and joining by it. */
@Injectable()
export class SsoSignIn {
  private readonly log = new Logger('sso');

  constructor(
    private readonly database: SystemDatabase,
    private readonly work: UnitOfWork,
    private readonly identities: Identities,
    private readonly joining: Joining,
    private readonly sessions: Sessions,
  ) {}

  /**
   * The providers for a mail address's domain, of a workspace, or the one that is named. The oldest come first, so that
   * nobody pushes them out with new ones of the same domain. Whether the address has an account plays no part.
   */
  async choices(by: { email?: string; workspaceId?: string; providerId?: string }) {
    const { email, workspaceId = null, providerId = null } = by;
    const domain = email?.includes('@') ? mailDomain(email.trim()) : null;
    if (!domain && !workspaceId && !providerId) return [];
    const rows = await this.database.query<{
      id: string;
      workspace_id: string;
      name: string;
      preset: SsoPreset;
      workspace_name: string;
    }>(
      `SELECT p.id, p.workspace_id, p.name, p.preset, w.name AS workspace_name
         FROM sso_providers p JOIN workspaces w ON w.workspace_id = p.workspace_id
        WHERE p.enabled AND ($1::uuid IS NULL OR p.id = $1) AND ($2::uuid IS NULL OR p.workspace_id = $2)
          AND ($3::text IS NULL OR $1::uuid IS NOT NULL OR $2::uuid IS NOT NULL OR p.domains @> ARRAY[$3])
        ORDER BY p.id LIMIT 20`,
      [providerId, workspaceId, domain],
    );
    return rows.map((row) => {
      const choice: SsoChoice = {
        providerId: row.id,
        name: row.name,
        preset: row.preset,
        workspaceName: row.workspace_name,
      };
      return { workspaceId: row.workspace_id, choice };
    });
  }

  /**
   * Begins a session in the provider's workspace for the person it vouches for; somebody unknown joins if they may.
   * @throws VisitFailed
   */
  async signIn(workspaceId: string, provider: ProviderWithSecret, claims: Claims, from: From): Promise<SessionTokens> {
    const identity = await this.identities.find(provider.issuer, claims.subject);
    const account = identity ? null : await this.accountOf(workspaceId, claims);
    const ownProof = identity !== null && (await this.hasOwnProof(identity.user.id));
    try {
      return await this.work.run(systemActor(workspaceId, 'sso'), async (tx) => {
        const userId = await this.person(tx, provider, claims, identity, account);
        return this.sessions.start(tx, userId, {
          method: 'sso',
          secondFactor: claims.secondFactor,
          issuer: provider.issuer,
          ...from,
          // The provider's word opens its workspace; what is dangerous to the whole account asks for a proof of its own.
          ...(ownProof ? { continues: { createdAt: tx.now, provedAt: null } } : {}),
        });
      });
    } catch (error) {
      // Two first sign-ins of one person at once: the other one has made the account.
      if (isDuplicate(error, 'sso_identities_subject')) throw new VisitFailed('failed', 'the identity was just linked');
      throw error;
    }
  }

  /** Whether somebody can prove who they are without this provider. */
  private async hasOwnProof(userId: string): Promise<boolean> {
    const [row] = await this.database.query<{ own: boolean }>(
      'SELECT password_hash IS NOT NULL OR second_factor AS own FROM users WHERE id = $1',
      [userId],
    );
    return row?.own ?? false;
  }

  private async person(
    tx: Tx,
    provider: ProviderWithSecret,
    claims: Claims,
    identity: KnownIdentity | null,
    account: Account | null,
  ): Promise<string> {
    if (identity) {
      await this.joining.letIn(tx, provider, claims, identity);
      await this.identities.used(tx, identity.id, claims.email);
      return identity.user.id;
    }
    // The address alone proves nothing about an account that somebody has.
    const objection = await this.joining.objection(tx, provider, claims);
    if (objection) throw new VisitFailed(objection, 'somebody unknown may not join');
    if (account && !(account.unclaimed && (await this.joining.mayClaim(tx, provider, account.user)))) {
      throw new VisitFailed('link_required', 'the address has an account here');
    }
    const userId = account ? account.user.id : await this.joining.join(tx, provider, claims);
    if (account) await this.joining.letIn(tx, provider, claims, { user: account.user, linked: false });
    await this.identities.add(tx, { userId, provider, claims, linked: false });
    this.log.log(`an identity of provider ${provider.id} was added`);
    return userId;
  }

  /**
   * The account of somebody who is in this workspace by the provider's address, or left it by that; others play no part.
   * It is unclaimed when nothing opens it yet; whether it is in further workspaces plays no part.
   */
  private async accountOf(workspaceId: string, { email }: Claims): Promise<Account | null> {
    if (!email) return null;
    const [row] = await this.database.query<User & { unclaimed: boolean }>(
      `SELECT u.id, u.email, u.name,
              u.password_hash IS NULL
              AND NOT EXISTS (SELECT 1 FROM sso_identities i WHERE i.user_id = u.id)
              AND NOT EXISTS (SELECT 1 FROM passkeys k WHERE k.user_id = u.id)
              AND EXISTS (SELECT 1 FROM memberships m
                           WHERE m.user_id = u.id AND m.workspace_id = $2 AND m.ended_at IS NULL) AS unclaimed
         FROM users u JOIN memberships m ON m.user_id = u.id AND m.workspace_id = $2
        WHERE lower(coalesce(m.left_email, u.email)) = lower($1)
        ORDER BY u.address_proved_at IS NULL, m.ended_at IS NOT NULL, m.joined_at DESC LIMIT 1`,
      [email, workspaceId],
    );
    if (!row) return null;
    const { unclaimed, ...user } = row;
    return { user, unclaimed };
  }
}
