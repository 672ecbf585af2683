import { Injectable, type OnModuleInit } from '@nestjs/common';
import { ref, SCIM_TOKEN_PREFIX, type ScimToken } from '@threadline/contracts';
import { v7 } from 'uuid';
import { memberBehind } from '../../../platform/access';
import { Refusal } from '../../../platform/refusal';
import { beginningOf, issueToken } from '../../../platform/secrets';
import type { ReadTx, Tx } from '../../../platform/work';
import { WaysIn } from '../../accounts';
import { Standings } from '../../people';
import { ScimGroups } from '../resources/scim-groups.service';
import { ScimRoles } from '../resources/scim-roles';
import { ScimTokenDirectory } from './scim-token.directory';

interface Row {
  id: string;
  name: string;
  created_by: string;
  maker: string;
  created_at: Date;
  last_used_at: Date | null;
}

/** How much of a token is shown to recognise it by. */
const SHOWN = SCIM_TOKEN_PREFIX.length + 12;

/** The tokens that directories provision with. */
@Injectable()
export class ScimTokens implements OnModuleInit {
  constructor(
    private readonly directory: ScimTokenDirectory,
    private readonly roles: ScimRoles,
    private readonly groups: ScimGroups,
    private readonly standings: Standings,
    private readonly waysIn: WaysIn,
  ) {}

  onModuleInit(): void {
    // As with API keys: those of somebody who has proved the address since are theirs to see and to revoke.
    this.waysIn.register((tx, userId) => this.revokeAllOf(tx, userId));
  }

  /** The newest first. */
  list(tx: ReadTx): Promise<ScimToken[]> {
    return this.where(tx, 'true', []);
  }

  /**
   * A new token. Event `scim_token.created`. The token itself goes to `show` and nowhere else, so that no idempotency
   * key remembers it.
   * @throws Refusal `forbidden` when a directory gives a role that lies beyond the maker
   */
  async create(tx: Tx, name: string, show: (token: string) => void): Promise<ScimToken> {
    await this.roles.refuseBeyond(tx, await this.standings.take(tx));
    const id = v7();
    const { token, hash } = issueToken(SCIM_TOKEN_PREFIX, id);
    await tx.query(
      `INSERT INTO scim_tokens (workspace_id, id, name, secret_hash, created_by, created_at)
       VALUES ($1, $2, $3, $4, $5, $6)`,
      [tx.workspaceId, id, name, hash, memberBehind(tx.actor), tx.now],
    );
    const scimToken = await this.one(tx, id);
    tx.append({ type: 'scim_token.created', ...about(id), data: { scimToken } });
    show(token);
    return scimToken;
  }

  /**
   * Ends a token; the directory is refused at once, and with the last one its groups become teams like any other. Event
   * `scim_token.revoked`. @throws Refusal `not_found`
   */
  async revoke(tx: Tx, id: string): Promise<void> {
    const { name } = await this.one(tx, id);
    await tx.query('DELETE FROM scim_tokens WHERE id = $1', [id]);
    if ((await this.list(tx)).length === 0) await this.groups.forgetAll(tx);
    tx.append({ type: 'scim_token.revoked', ...about(id), data: { tokenId: id, name } });
    tx.afterCommit(() => this.directory.forget(id));
  }

  /** Ends all tokens of somebody who has left; they do not come back with the person. */
  async revokeAllOf(tx: Tx, userId: string): Promise<boolean> {
    const tokens = await this.where(tx, 't.created_by = $1', [userId]);
    for (const { id } of tokens) await this.revoke(tx, id);
    return tokens.length > 0;
  }

  private async one(tx: ReadTx, id: string): Promise<ScimToken> {
    const [token] = await this.where(tx, 't.id = $1', [id]);
    if (!token) throw new Refusal('not_found');
    return token;
  }

  private async where(tx: ReadTx, condition: string, parameters: unknown[]): Promise<ScimToken[]> {
    const rows = await tx.query<Row>(
      `SELECT t.id, t.name, t.created_by, u.name AS maker, t.created_at, t.last_used_at
         FROM scim_tokens t JOIN workspace_people u ON u.workspace_id = t.workspace_id AND u.user_id = t.created_by
        WHERE ${condition} ORDER BY t.id DESC`,
      parameters,
    );
    return rows.map((row) => ({
      id: row.id,
      name: row.name,
      prefix: beginningOf(SCIM_TOKEN_PREFIX, row.id).slice(0, SHOWN),
      createdBy: { id: row.created_by, name: row.maker },
      createdAt: row.created_at.toISOString(),
      lastUsedAt: row.last_used_at?.toISOString() ?? null,
    }));
  }
}

function about(id: string) {
  return { subject: { type: 'scim_token' as const, id }, about: [ref('scim_token', id)] };
}
