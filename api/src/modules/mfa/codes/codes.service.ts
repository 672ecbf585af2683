import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { ref } from '@threadline/contracts';
import { HOTP, Secret, TOTP } from 'otpauth';
import { type SealedColumn, SecretBox } from '../../../platform/secrets';
import { Refusal } from '../../../platform/refusal';
import type { Tx } from '../../../platform/work';
import { Factors } from '../factors.service';
import { hashRecoveryCode, readCode, RECOVERY_BYTES, stepsAt, writeRecoveryCode } from './code.rules';

/** Codes in a set of recovery codes. */
export const RECOVERY_CODES = 10;
const ALGORITHM = { algorithm: 'SHA1', digits: 6 } as const;

/** How long a proposed seed waits for its first code. Milliseconds. */
const PROPOSED_MS = 10 * 60_000;

interface TotpRow {
  secret: string;
  created_at: Date;
  confirmed_at: Date | null;
}

/** Codes that a person types: those of an authenticator app, and those kept for the day it is lost. */
@Injectable()
export class Codes {
  constructor(
    private readonly box: SecretBox,
    private readonly factors: Factors,
  ) {}

  /**
   * Takes a code of the confirmed app, or a recovery code; each is good once.
   * @throws Refusal `invalid_code`
   */
  async accept(tx: Tx, userId: string, typed: string): Promise<void> {
    const code = readCode(typed);
    const good =
      code.kind === 'totp' ? await this.acceptDigits(tx, userId, code.digits) : await this.spend(tx, userId, code.hash);
    if (!good) throw new Refusal('invalid_code');
  }

  /** Makes a seed that counts once a code of it was shown. @throws Refusal `wrong_state` when there is one already */
  async propose(tx: Tx, userId: string, secret: Secret): Promise<void> {
    const made = await tx.query(
      `INSERT INTO totp_factors (user_id, secret, created_at) VALUES ($1, $2, $3)
       ON CONFLICT (user_id) DO UPDATE SET secret = $2, created_at = $3, last_step = NULL
         WHERE totp_factors.confirmed_at IS NULL
       RETURNING user_id`,
      [userId, this.box.seal(secret.base32, about(userId)), tx.now],
    );
    if (made.length === 0) {
      throw new Refusal('wrong_state', { detail: 'An authenticator app is set up already. Remove it first.' });
    }
  }

  /** The first code of a proposed seed. @throws Refusal `invalid_code`, `wrong_state` when nothing waits for it */
  async confirm(tx: Tx, userId: string, typed: string): Promise<void> {
    const row = await this.totp(tx, userId);
    if (!row || row.confirmed_at || tx.now.getTime() - row.created_at.getTime() > PROPOSED_MS) {
      throw new Refusal('wrong_state', { detail: 'No authenticator app waits for a code; begin again.' });
    }
    const code = readCode(typed);
    if (code.kind !== 'totp' || !(await this.takeStep(tx, userId, row, code.digits))) throw new Refusal('invalid_code');
    await tx.query('UPDATE totp_factors SET confirmed_at = $2 WHERE user_id = $1', [userId, tx.now]);
  }

  async removeTotp(tx: Tx, userId: string): Promise<void> {
    await tx.query('DELETE FROM totp_factors WHERE user_id = $1', [userId]);
  }

  /** A new set of recovery codes in place of the old one. They are never to be read again. */
  async renewRecoveryCodes(tx: Tx, userId: string, codes: readonly string[]): Promise<void> {
    await this.forgetRecoveryCodes(tx, userId);
    await tx.query(
      `INSERT INTO recovery_codes (user_id, code_hash, created_at)
       SELECT $1, hash, $3 FROM unnest($2::bytea[]) hash`,
      [userId, codes.map(hashRecoveryCode), tx.now],
    );
  }

  async forgetRecoveryCodes(tx: Tx, userId: string): Promise<void> {
    await tx.query('DELETE FROM recovery_codes WHERE user_id = $1', [userId]);
  }

  private async acceptDigits(tx: Tx, userId: string, digits: string): Promise<boolean> {
    const row = await this.totp(tx, userId);
    return row?.confirmed_at ? this.takeStep(tx, userId, row, digits) : false;
  }

  /** Each step is taken once, and none before one that was taken: compared and set in one statement. */
  private async takeStep(tx: Tx, userId: string, { secret }: TotpRow, digits: string): Promise<boolean> {
    const seed = Secret.fromBase32(this.box.open(secret, about(userId)));
    const step = stepsAt(tx.now).find(
      (counter) => HOTP.validate({ ...ALGORITHM, token: digits, secret: seed, counter, window: 0 }) !== null,
    );
    if (step === undefined) return false;
    const taken = await tx.query(
      `WITH done AS (
         UPDATE totp_factors SET last_step = $2
          WHERE user_id = $1 AND (last_step IS NULL OR last_step < $2) RETURNING user_id
       ) SELECT user_id FROM done`,
      [userId, step],
    );
    return taken.length > 0;
  }

  private async spend(tx: Tx, userId: string, hash: Buffer): Promise<boolean> {
    const spent = await tx.query(
      `WITH done AS (
         UPDATE recovery_codes SET used_at = $3
          WHERE user_id = $1 AND code_hash = $2 AND used_at IS NULL RETURNING user_id
       ) SELECT user_id FROM done`,
      [userId, hash, tx.now],
    );
    if (spent.length === 0) return false;
    const [row] = await tx.query<{ left: number }>(
      'SELECT count(*)::int AS left FROM recovery_codes WHERE user_id = $1 AND used_at IS NULL',
      [userId],
    );
    tx.append(
      {
        type: 'user.recovery_code_used',
        subject: { type: 'user', id: userId },
        about: [ref('user', userId)],
        data: { userId, left: row?.left ?? 0 },
      },
      { type: 'user', id: userId },
    );
    await this.factors.tell(tx, userId, { what: 'recovery_code_used', left: row?.left ?? 0 });
    return true;
  }

  private async totp(tx: Tx, userId: string): Promise<TotpRow | undefined> {
    const [row] = await tx.query<TotpRow>(
      'SELECT secret, created_at, confirmed_at FROM totp_factors WHERE user_id = $1 FOR UPDATE',
      [userId],
    );
    return row;
  }
}

/** Ten codes that nobody has seen. */
export function newRecoveryCodes(): string[] {
  return Array.from({ length: RECOVERY_CODES }, () => writeRecoveryCode(randomBytes(RECOVERY_BYTES)));
}

/** A new seed of 160 bits, and the address that authenticator apps read from the QR code. */
export function newSeed(label: string): { secret: Secret; otpauthUrl: string } {
  const secret = new Secret({ size: 20 });
  const totp = new TOTP({ ...ALGORITHM, issuer: 'Threadline', label, secret, period: 30 });
  return { secret, otpauthUrl: totp.toString() };
}

function about(userId: string): string {
  return `totp:${userId}`;
}

/** For the rotation of APP_SECRET. */
export const SEALED_SEEDS: SealedColumn = {
  table: 'totp_factors',
  column: 'secret',
  key: ['user_id'],
  about: (row) => about(row['user_id'] ?? ''),
};
