import { Injectable } from '@nestjs/common';
import type { SecondFactors } from '@threadline/contracts';
import { type Actor, memberBehind } from '../../platform/access';
import { Refusal } from '../../platform/refusal';
import { type ReadTx, UnitOfWork } from '../../platform/work';
import { Tries } from '../auth';
import { Codes, newRecoveryCodes, newSeed } from './codes/codes.service';
import { Factors } from './factors.service';
import { passkeysOf } from './passkeys/passkey-rows';

/**
 * Setting up and taking away what gives codes. Secrets are made before their unit of work and are never its result:
 * what an Idempotency-Key remembers holds none.
 */
@Injectable()
export class Totp {
  constructor(
    private readonly work: UnitOfWork,
    private readonly codes: Codes,
    private readonly factors: Factors,
    private readonly tries: Tries,
  ) {}

  /** A seed for an authenticator app; it counts once a code of it was shown. @throws Refusal `wrong_state` */
  async propose(actor: Actor): Promise<{ secret: string; otpauthUrl: string }> {
    const userId = memberBehind(actor);
    let made: ReturnType<typeof newSeed> | undefined;
    await this.work.run(actor, async (tx) => {
      const [person] = await tx.query<{ email: string }>('SELECT email FROM users WHERE id = $1', [userId]);
      if (!person) throw new Refusal('not_found');
      made = newSeed(person.email);
      await this.codes.propose(tx, userId, made.secret);
    });
    if (!made) throw new Error('No seed was made');
    return { secret: made.secret.base32, otpauthUrl: made.otpauthUrl };
  }

  /** The first code makes it a factor. @throws Refusal `invalid_code`, `too_many_requests`, `wrong_state` */
  async confirm(actor: Actor, code: string): Promise<{ recoveryCodes: string[] }> {
    const userId = memberBehind(actor);
    const recoveryCodes = newRecoveryCodes();
    await this.tries.spend(userId, () =>
      this.work.run(actor, async (tx) => {
        await this.codes.confirm(tx, userId, code);
        await this.codes.renewRecoveryCodes(tx, userId, recoveryCodes);
        await this.factors.added(tx, 'totp', null);
      }),
    );
    await this.factors.endElsewhere(actor);
    return { recoveryCodes };
  }

  /** Takes the app away, by a code of it or a recovery code. @throws Refusal `invalid_code`, `too_many_requests` */
  async remove(actor: Actor, code: string): Promise<void> {
    const userId = memberBehind(actor);
    await this.tries.spend(userId, () =>
      this.work.run(actor, async (tx) => {
        await this.codes.accept(tx, userId, code);
        const [totp] = await tx.query('SELECT 1 FROM totp_factors WHERE user_id = $1 AND confirmed_at IS NOT NULL', [
          userId,
        ]);
        if (!totp) throw new Refusal('wrong_state', { detail: 'No authenticator app is set up.' });
        await this.codes.removeTotp(tx, userId);
        const { last } = await this.factors.removed(tx, 'totp', null);
        if (last) await this.codes.forgetRecoveryCodes(tx, userId);
      }),
    );
    await this.factors.endElsewhere(actor);
  }

  /** A new set; the old codes are worth nothing from then on. @throws Refusal `wrong_state` without a factor */
  async renewRecoveryCodes(actor: Actor): Promise<{ recoveryCodes: string[] }> {
    const userId = memberBehind(actor);
    const recoveryCodes = newRecoveryCodes();
    await this.work.run(actor, async (tx) => {
      const [person] = await tx.query<{ second_factor: boolean }>('SELECT second_factor FROM users WHERE id = $1', [
        userId,
      ]);
      if (!person?.second_factor) {
        throw new Refusal('wrong_state', { detail: 'Set up an authenticator app or a passkey first.' });
      }
      await this.codes.renewRecoveryCodes(tx, userId, recoveryCodes);
      await this.factors.added(tx, 'recovery_codes', null);
    });
    await this.factors.endElsewhere(actor);
    return { recoveryCodes };
  }

  /** How the account is secured. */
  async state(tx: ReadTx): Promise<SecondFactors> {
    const userId = memberBehind(tx.actor);
    const [totp] = await tx.query<{ confirmed_at: Date }>(
      'SELECT confirmed_at FROM totp_factors WHERE user_id = $1 AND confirmed_at IS NOT NULL',
      [userId],
    );
    const [codes] = await tx.query<{ left: number }>(
      'SELECT count(*)::int AS left FROM recovery_codes WHERE user_id = $1 AND used_at IS NULL',
      [userId],
    );
    return {
      totp: totp ? { confirmedAt: totp.confirmed_at.toISOString() } : null,
      passkeys: await passkeysOf(tx, userId),
      recoveryCodesLeft: codes?.left ?? 0,
    };
  }
}
