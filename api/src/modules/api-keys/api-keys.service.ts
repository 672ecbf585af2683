import { Injectable, type OnModuleInit } from '@nestjs/common';
import { API_KEY_PREFIX, type ApiKey, type Permission, ref } from '@threadline/contracts';
import { v7 } from 'uuid';
import { type Actor, memberBehind } from '../../platform/access';
import { Refusal } from '../../platform/refusal';
import { issueToken } from '../../platform/secrets';
import type { Tx } from '../../platform/work';
import { AccountMails } from '../account-mail';
import { WaysIn } from '../accounts';
import { ApiKeysQueries } from './api-keys.queries';
import { KeyDirectory } from './key-directory';
import { networkOf } from './network.rules';

export interface NewApiKey {
  name: string;
  permissions: readonly Permission[];
  expiresAt?: string | null;
  allowedNetworks?: readonly string[];
}

/** Making, revoking and marking API keys. */
@Injectable()
export class ApiKeys implements OnModuleInit {
  constructor(
    private readonly queries: ApiKeysQueries,
    private readonly directory: KeyDirectory,
    private readonly mails: AccountMails,
    private readonly waysIn: WaysIn,
  ) {}

  onModuleInit(): void {
    // Those of somebody who has proved the address since are theirs to see and to revoke.
    this.waysIn.register((tx, userId) => this.revokeAllOf(tx, userId));
  }

  /**
   * A new key of the acting member. Event `api_key.created`. The key itself goes to `show` and nowhere else: it is not
   * in the answer, so that no idempotency key remembers it.
   * @throws Refusal `invalid_input`; `forbidden` with the permissions that the maker does not hold
   */
  async create(tx: Tx, wanted: NewApiKey, show: (key: string) => void): Promise<ApiKey> {
    refuseMoreThanHeld(tx.actor, wanted.permissions);
    const maker = memberBehind(tx.actor);
    const expiresAt = expiryOf(wanted, tx.now);
    const id = v7();
    const { token, hash } = issueToken(API_KEY_PREFIX, id);
    await tx.query(
      `INSERT INTO api_keys (workspace_id, id, name, secret_hash, permissions, allowed_networks, created_by, created_at, expires_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
      [tx.workspaceId, id, wanted.name, hash, wanted.permissions, networksOf(wanted), maker, tx.now, expiresAt],
    );
    const apiKey = await this.queries.one(tx, id);
    tx.append({ type: 'api_key.created', ...about(apiKey), data: { apiKey } });
    show(token);
    return apiKey;
  }

  /** Ends a key; its requests and sockets stop at once. Ending twice is no error. @throws Refusal `not_found` */
  async revoke(tx: Tx, id: string): Promise<void> {
    const apiKey = await this.queries.one(tx, id);
    const [revoked] = await tx.query<{ id: string }>(
      `WITH done AS (UPDATE api_keys SET revoked_at = $2 WHERE id = $1 AND revoked_at IS NULL RETURNING id)
       SELECT id FROM done`,
      [id, tx.now],
    );
    if (!revoked) return;
    tx.append({ type: 'api_key.revoked', ...about(apiKey), data: { apiKeyId: id, name: apiKey.name } });
    tx.afterCommit(() => this.directory.forget(id));
  }

  /** Ends all keys of somebody who has left; they do not come back with the person. */
  async revokeAllOf(tx: Tx, userId: string): Promise<boolean> {
    const keys = await tx.query<{ id: string }>(
      'SELECT id FROM api_keys WHERE created_by = $1 AND revoked_at IS NULL ORDER BY id FOR UPDATE',
      [userId],
    );
    for (const { id } of keys) await this.revoke(tx, id);
    return keys.length > 0;
  }

  /** It was sent where others can read it. The first time counts: event `api_key.exposed`, and a mail to the maker. */
  async markExposed(tx: Tx, id: string): Promise<void> {
    const apiKey = await this.queries.one(tx, id);
    const [marked] = await tx.query<{ id: string }>(
      `WITH done AS (UPDATE api_keys SET exposed_at = $2 WHERE id = $1 AND exposed_at IS NULL RETURNING id)
       SELECT id FROM done`,
      [id, tx.now],
    );
    if (!marked) return;
    tx.append({ type: 'api_key.exposed', ...about(apiKey), data: { apiKeyId: id, name: apiKey.name } });
    const [maker] = await tx.query<{ email: string; name: string; workspace: string }>(
      'SELECT u.email, u.name, w.name AS workspace FROM users u, workspaces w WHERE u.id = $1',
      [apiKey.createdBy.id],
    );
    if (!maker) throw new Error('An API key has no maker');
    const { workspace, ...to } = maker;
    await this.mails.queue(tx, to, { kind: 'api_key_exposed', name: apiKey.name, workspace });
  }
}

function about({ id, createdBy }: ApiKey) {
  return { subject: { type: 'api_key' as const, id }, about: [ref('api_key', id), ref('user', createdBy.id)] };
}

function refuseMoreThanHeld(actor: Actor, permissions: readonly Permission[]): void {
  const missing = permissions.filter((permission) => !actor.permissions.has(permission));
  if (missing.length === 0) return;
  throw new Refusal('forbidden', {
    detail: `You can only give a key what you may do yourself. You do not hold ${missing.join(', ')}.`,
    errors: missing.map((permission) => ({ path: 'permissions', message: `you do not hold ${permission}` })),
  });
}

function expiryOf({ expiresAt }: NewApiKey, now: Date): Date | null {
  if (!expiresAt) return null;
  const at = new Date(expiresAt);
  if (at > now) return at;
  throw new Refusal('invalid_input', { errors: [{ path: 'expiresAt', message: 'must be in the future' }] });
}

function networksOf({ allowedNetworks = [] }: NewApiKey): string[] {
  const errors: { path: string; message: string }[] = [];
  const networks = allowedNetworks.flatMap((text, index) => {
    const network = networkOf(text);
    if (network) return [network];
    errors.push({ path: `allowedNetworks.${index}`, message: 'must be an address or a network such as 192.0.2.0/24' });
    return [];
  });
  if (errors.length > 0) throw new Refusal('invalid_input', { errors });
  return [...new Set(networks)];
}
