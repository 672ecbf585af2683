import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Actor } from '../access';
import { isDuplicate } from '../database';
import { currentRequest, type RequestScope } from '../request';
import type { Tx } from './tx';

/** Somebody else holds or has used this key; look the answer up. */
export class KeyTaken extends Error {}

export interface RememberedAnswer {
  fingerprint: Buffer;
  status: number;
  body: unknown;
}

/** What an Idempotency-Key remembers: the answer, written in the transaction that makes it true. */
@Injectable()
export class IdempotencyKeys {
  constructor(private readonly dataSource: DataSource) {}

  /** The answer that was given under this key; undefined when there is none. */
  async find(actor: Actor, key: string): Promise<RememberedAnswer | undefined> {
    const rows: RememberedAnswer[] = await this.dataSource.transaction(async (manager) => {
      await manager.query("SELECT set_config('app.workspace_id', $1, true)", [actor.workspaceId]);
      return manager.query(
        `SELECT fingerprint, status, body FROM idempotency_keys
          WHERE actor_id = $1 AND key = $2 AND created_at > now() - interval '24 hours'`,
        [actor.id, key],
      );
    });
    return rows[0];
  }

  /**
   * Takes the key of the request in hand for this transaction; a second holder waits here until the first has
   * committed. Undefined when the request has no key, or an earlier unit of work has used it.
   * @throws KeyTaken
   */
  async claim(tx: Tx): Promise<{ remember(result: unknown): Promise<void> } | undefined> {
    const scope: RequestScope['idempotency'] = currentRequest()?.idempotency;
    if (!scope || scope.remembered || tx.actor.type === 'system') return undefined;
    try {
      await tx.query(
        `INSERT INTO idempotency_keys (workspace_id, actor_id, key, fingerprint, status, created_at)
         VALUES ($1, $2, $3, $4, $5, $6)`,
        [tx.workspaceId, tx.actor.id, scope.key, scope.fingerprint, scope.status, tx.now],
      );
    } catch (error) {
      throw isDuplicate(error, 'idempotency_keys_pk') ? new KeyTaken() : error;
    }
    return {
      remember: async (result) => {
        scope.remembered = true;
        await tx.query('UPDATE idempotency_keys SET body = $3 WHERE actor_id = $1 AND key = $2', [
          tx.actor.id,
          scope.key,
          JSON.stringify(result ?? null),
        ]);
      },
    };
  }
}
