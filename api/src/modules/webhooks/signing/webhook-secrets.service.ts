import { Injectable } from '@nestjs/common';
import { MOST_OLD_SECRETS } from '@threadline/contracts';
import { v7 } from 'uuid';
import { Refusal } from '../../../platform/refusal';
import { type SealedColumn, SecretBox } from '../../../platform/secrets';
import type { Tx } from '../../../platform/work';
import { keyOf, makeSecret, privateKeyOf, type SigningSecret } from './secret.rules';
import type { Signers } from './signature.rules';

/** How long a replaced secret signs too. Milliseconds. */
const GRACE_MS = 24 * 60 * 60 * 1000;

const aboutSecret = (id: string) => `webhook secret:${id}`;

/** The secrets of endpoints, for the rotation of APP_SECRET. */
export const SEALED_WEBHOOK_SECRETS: SealedColumn = {
  table: 'webhook_secrets',
  column: 'sealed',
  key: ['workspace_id', 'id'],
  about: (row) => aboutSecret(row['id'] ?? ''),
};

/** A secret as it lies in the database. */
export interface SealedSecret {
  id: string;
  sealed: string;
}

/** What endpoints sign with: making, replacing, and opening it for a message. */
@Injectable()
export class WebhookSecrets {
  constructor(private readonly box: SecretBox) {}

  /** The first secret of an endpoint. Answers `whsec_…`, which is shown once. */
  async make(tx: Tx, webhookId: string): Promise<string> {
    const id = v7();
    const { signing, publicKey } = makeSecret();
    await tx.query(
      `INSERT INTO webhook_secrets (workspace_id, id, webhook_id, sealed, public_key, created_at)
       VALUES ($1, $2, $3, $4, $5, $6)`,
      [tx.workspaceId, id, webhookId, this.box.seal(JSON.stringify(signing), aboutSecret(id)), publicKey, tx.now],
    );
    return signing.secret;
  }

  /**
   * A new secret in place of the present one, which signs too for 24 hours.
   * @throws Refusal `quota_reached` while ten replaced secrets still sign
   */
  async rotate(tx: Tx, webhookId: string): Promise<{ secret: string; oldUntil: Date }> {
    const oldUntil = new Date(tx.now.getTime() + GRACE_MS);
    await tx.query('DELETE FROM webhook_secrets WHERE webhook_id = $1 AND retires_at <= $2', [webhookId, tx.now]);
    const [counted] = await tx.query<{ old: number }>(
      'SELECT count(*)::int AS old FROM webhook_secrets WHERE webhook_id = $1 AND retires_at IS NOT NULL',
      [webhookId],
    );
    if ((counted?.old ?? 0) >= MOST_OLD_SECRETS) {
      throw new Refusal('quota_reached', {
        detail: `${MOST_OLD_SECRETS} earlier secrets still sign, each for 24 hours. Wait until one of them has ended.`,
      });
    }
    await tx.query('UPDATE webhook_secrets SET retires_at = $2 WHERE webhook_id = $1 AND retires_at IS NULL', [
      webhookId,
      oldUntil,
    ]);
    return { secret: await this.make(tx, webhookId), oldUntil };
  }

  /** The keys that sign, the present one first. */
  signers(secrets: readonly SealedSecret[], asymmetric: boolean): Signers {
    const opened = secrets.map(({ id, sealed }) => JSON.parse(this.box.open(sealed, aboutSecret(id))) as SigningSecret);
    return {
      secrets: opened.map(({ secret }) => keyOf(secret)),
      privateKeys: asymmetric ? opened.map(privateKeyOf) : [],
    };
  }
}
