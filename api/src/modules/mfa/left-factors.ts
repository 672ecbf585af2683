import { Injectable, type OnModuleInit } from '@nestjs/common';
import { type FactorKind, ref } from '@threadline/contracts';
import type { Tx } from '../../platform/work';
import { WaysIn } from '../accounts';

/** Factors that whoever made an account left in it for whoever has its address. */
@Injectable()
export class LeftFactors implements OnModuleInit {
  constructor(private readonly waysIn: WaysIn) {}

  onModuleInit(): void {
    this.waysIn.register((tx, userId, before) => this.drop(tx, userId, before));
  }

  /** Event `user.factor_removed` for each. */
  private async drop(tx: Tx, userId: string, before: Date | null): Promise<boolean> {
    const dropped = await tx.query<{ kind: FactorKind; name: string | null }>(
      `WITH passkey AS (DELETE FROM passkeys WHERE user_id = $1 AND created_at < coalesce($2::timestamptz, 'infinity') RETURNING name),
            totp AS (DELETE FROM totp_factors WHERE user_id = $1 AND created_at < coalesce($2::timestamptz, 'infinity')
                     RETURNING user_id),
            codes AS (DELETE FROM recovery_codes WHERE user_id = $1 AND created_at < coalesce($2::timestamptz, 'infinity')
                      RETURNING user_id)
       SELECT 'passkey' AS kind, name FROM passkey
       UNION ALL SELECT 'totp', NULL FROM totp
       UNION ALL SELECT DISTINCT 'recovery_codes', NULL FROM codes`,
      [userId, before],
    );
    if (dropped.length === 0) return false;
    await tx.query(
      `UPDATE users u SET second_factor = EXISTS (SELECT 1 FROM passkeys p WHERE p.user_id = u.id)
           OR EXISTS (SELECT 1 FROM totp_factors t WHERE t.user_id = u.id AND t.confirmed_at IS NOT NULL)
        WHERE u.id = $1`,
      [userId],
    );
    for (const data of dropped) {
      tx.append({
        type: 'user.factor_removed',
        subject: { type: 'user', id: userId },
        about: [ref('user', userId)],
        data: { userId, ...data },
      });
    }
    return true;
  }
}
