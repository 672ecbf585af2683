import { Injectable } from '@nestjs/common';
import type { ProofMethod } from '@threadline/contracts';
import type { Actor } from '../../platform/access';
import { Refusal } from '../../platform/refusal';
import { type SessionTokens, Tries } from '../auth';
import { Codes } from './codes/codes.service';
import { Factors, whose } from './factors.service';
import { Passkeys } from './passkeys/passkeys.service';
import { ProofAccounts } from './proof-accounts';

/** One thing that proves who one is. */
export interface ShownProof {
  password?: string;
  code?: string;
  response?: Record<string, unknown>;
}

/**
 * Proving again who one is, before something that a stolen session must not be able to do. Where there is a second
 * factor it has to be that one: the password alone is what a thief of the session is most likely to have seen. The
 * session is put in another's place (ASVS 7.2.4).
 */
@Injectable()
export class Proof {
  constructor(
    private readonly factors: Factors,
    private readonly codes: Codes,
    private readonly passkeys: Passkeys,
    private readonly tries: Tries,
    private readonly accounts: ProofAccounts,
  ) {}

  /** With what the person can prove it; what the browser needs to sign, where a passkey is among it. */
  async options(actor: Actor): Promise<{ methods: ProofMethod[]; passkey: Record<string, unknown> | null }> {
    const { userId, sessionId } = whose(actor);
    const steps = await this.factors.stepsOf(userId);
    const methods: ProofMethod[] =
      steps.length > 0 ? steps : (await this.accounts.hasPassword(userId)) ? ['password'] : [];
    const passkey = methods.includes('passkey') ? await this.passkeys.ask('prove', sessionId, userId) : null;
    return { methods, passkey };
  }

  /**
   * @throws Refusal `invalid_credentials`, `invalid_code`, `invalid_passkey`, `too_many_requests`; `invalid_input` for a
   * password where a second factor is asked
   */
  async prove(actor: Actor, shown: ShownProof): Promise<SessionTokens> {
    const { userId, sessionId } = whose(actor);
    if (shown.password !== undefined && (await this.factors.stepsOf(userId)).length > 0) {
      throw new Refusal('invalid_input', {
        errors: [{ path: 'password', message: 'password does not do where there is a second factor: show that' }],
      });
    }
    const { password, code, response } = shown;
    if (password !== undefined) {
      await this.accounts.checkPassword(actor, userId, password);
      return this.accounts.replaceSession(actor, sessionId);
    }
    const accept = async () => {
      const signed = response ? await this.passkeys.check(response, 'prove', sessionId, userId) : undefined;
      return this.accounts.replaceSession(actor, sessionId, (tx) =>
        signed ? this.passkeys.accept(tx, signed) : this.codes.accept(tx, userId, code ?? ''),
      );
    };
    return this.tries.spend(userId, accept, actor.vouchedOnly);
  }
}
