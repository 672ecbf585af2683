import { Injectable, type OnModuleInit } from '@nestjs/common';
import { type LinkedIdentity, ref, type SsoPreset, type User } from '@threadline/contracts';
import { v7 } from 'uuid';
import { memberBehind } from '../../../platform/access';
import { isDuplicate, SystemDatabase } from '../../../platform/database';
import { Refusal } from '../../../platform/refusal';
import type { ReadTx, Tx } from '../../../platform/work';
import { WaysIn } from '../../accounts';
import { VisitFailed } from '../oidc.client';
import type { ProviderWithSecret } from '../providers/providers.queries';
import type { Claims } from '../sso.rules';

export interface KnownIdentity {
  id: string;
  user: User;
  /** Its person has linked it, having proved who they are; otherwise a provider said so first. */
  linked: boolean;
}

interface NewIdentity extends Pick<KnownIdentity, 'linked'> {
  userId: string;
  provider: ProviderWithSecret;
  claims: Claims;
}

/** What providers call a person: issuer and subject, never the mail address (ASVS 6.8.1). */
@Injectable()
export class Identities implements OnModuleInit {
  constructor(
    private readonly database: SystemDatabase,
    private readonly waysIn: WaysIn,
  ) {}

  onModuleInit(): void {
    this.waysIn.register((tx, userId) => this.drop(tx, userId));
  }

  /** Whose identity it is, in whatever workspace they are. */
  async find(issuer: string, subject: string): Promise<KnownIdentity | null> {
    const [row] = await this.database.query<{
      id: string;
      user_id: string;
      email: string;
      name: string;
      linked: boolean;
    }>(
      `SELECT i.id, i.user_id, i.linked, u.email, u.name FROM sso_identities i JOIN users u ON u.id = i.user_id
        WHERE i.issuer = $1 AND i.subject = $2`,
      [issuer, subject],
    );
    if (!row) return null;
    const { id, user_id: userId, email, name, linked } = row;
    return { id, user: { id: userId, email, name }, linked };
  }

  /** The signed-in person's own. While only a provider vouches for them: those by which that one knows them. */
  async list(tx: ReadTx): Promise<LinkedIdentity[]> {
    const { vouchedOnly = false, credential } = tx.actor;
    const rows = await tx.query<{
      id: string;
      provider_id: string;
      name: string | null;
      issuer: string;
      email: string | null;
      linked_at: Date;
      last_used_at: Date | null;
    }>(
      `SELECT i.id, i.provider_id, i.issuer, i.email, i.linked_at, i.last_used_at,
              (SELECT p.name FROM sso_providers p WHERE p.issuer = i.issuer
                ORDER BY p.id <> i.provider_id, p.created_at LIMIT 1) AS name
         FROM sso_identities i
        WHERE i.user_id = $1 AND (NOT $2 OR i.issuer = (SELECT s.issuer FROM sessions s WHERE s.id = $3))
        ORDER BY i.linked_at`,
      [memberBehind(tx.actor), vouchedOnly, credential?.id],
    );
    return rows.map((row) => ({
      id: row.id,
      providerId: row.provider_id,
      name: row.name ?? new URL(row.issuer).host,
      email: row.email,
      linkedAt: row.linked_at.toISOString(),
      lastUsedAt: row.last_used_at?.toISOString() ?? null,
    }));
  }

  /** Providers of this workspace of which the person has no identity yet. */
  offered(tx: ReadTx): Promise<{ id: string; name: string; preset: SsoPreset }[]> {
    return tx.query(
      `SELECT p.id, p.name, p.preset FROM sso_providers p
        WHERE p.enabled AND NOT EXISTS (
          SELECT 1 FROM sso_identities i WHERE i.user_id = $1 AND i.issuer = p.issuer)
        ORDER BY p.name, p.id`,
      [memberBehind(tx.actor)],
    );
  }

  /** Event `user.identity_linked`. */
  async add(tx: Tx, { userId, provider, claims, linked }: NewIdentity): Promise<void> {
    await tx.query(
      `INSERT INTO sso_identities (id, issuer, subject, user_id, provider_id, email, linked_at, last_used_at, linked)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $7, $8)`,
      [v7(), provider.issuer, claims.subject, userId, provider.id, claims.email, tx.now, linked],
    );
    tx.append({
      type: 'user.identity_linked',
      subject: { type: 'user', id: userId },
      about: [ref('user', userId), ref('sso_provider', provider.id)],
      data: { userId, providerId: provider.id },
    });
  }

  /** Links an identity to the account of the person who asked, from their live session. @throws VisitFailed */
  async link(tx: Tx, userId: string, provider: ProviderWithSecret, claims: Claims): Promise<void> {
    const known = await this.find(provider.issuer, claims.subject);
    if (known) {
      if (known.user.id === userId) return this.used(tx, known.id, claims.email);
      throw new VisitFailed('already_linked', 'the identity belongs to another account');
    }
    try {
      await this.add(tx, { userId, provider, claims, linked: true });
    } catch (error) {
      if (!isDuplicate(error, 'sso_identities_subject')) throw error;
      throw new VisitFailed('already_linked', 'the identity was just linked to another account');
    }
  }

  async used(tx: Tx, id: string, email: string | null): Promise<void> {
    await tx.query('UPDATE sso_identities SET last_used_at = $2, email = coalesce($3, email) WHERE id = $1', [
      id,
      tx.now,
      email,
    ]);
  }

  /**
   * Unlinks one of the person's own. Event `user.identity_unlinked`.
   * @throws Refusal `not_found`; `wrong_state` when nothing else would sign them in
   */
  async unlink(tx: Tx, id: string): Promise<void> {
    const userId = memberBehind(tx.actor);
    await tx.query('SELECT 1 FROM sso_identities WHERE user_id = $1 ORDER BY id FOR UPDATE', [userId]);
    const own = await this.list(tx);
    const identity = own.find((each) => each.id === id);
    if (!identity) throw new Refusal('not_found');
    if (own.length === 1 && !(await this.hasAnotherWay(userId))) {
      throw new Refusal('wrong_state', {
        detail: 'Nothing else signs you in yet. Set a password or add a passkey first.',
      });
    }
    await tx.query('DELETE FROM sso_identities WHERE id = $1', [id]);
    this.tellUnlinked(tx, userId, identity.providerId);
  }

  /** Unlinks those of an account. Events `user.identity_unlinked`. */
  async drop(tx: Tx, userId: string): Promise<boolean> {
    const dropped = await tx.query<{ provider_id: string }>(
      'WITH dropped AS (DELETE FROM sso_identities WHERE user_id = $1 RETURNING provider_id) SELECT provider_id FROM dropped',
      [userId],
    );
    for (const { provider_id } of dropped) this.tellUnlinked(tx, userId, provider_id);
    return dropped.length > 0;
  }

  private tellUnlinked(tx: Tx, userId: string, providerId: string): void {
    tx.append({
      type: 'user.identity_unlinked',
      subject: { type: 'user', id: userId },
      about: [ref('user', userId), ref('sso_provider', providerId)],
      data: { userId, providerId },
    });
  }

  private async hasAnotherWay(userId: string): Promise<boolean> {
    const rows = await this.database.query(
      `SELECT 1 FROM users u WHERE u.id = $1
          AND (u.password_hash IS NOT NULL OR EXISTS (SELECT 1 FROM passkeys k WHERE k.user_id = u.id))`,
      [userId],
    );
    return rows.length > 0;
  }
}
