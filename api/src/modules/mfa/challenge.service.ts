import { Injectable } from '@nestjs/common';
import type { ProblemCode } from '@threadline/contracts';
import { systemActor } from '../../platform/access';
import { Refusal } from '../../platform/refusal';
import { UnitOfWork } from '../../platform/work';
import { type Entered, type From, SignIn, Tries } from '../auth';
import { Codes } from './codes/codes.service';
import { Passkeys } from './passkeys/passkeys.service';

/** What a person shows as the second step: a code, or what a passkey signed. */
export interface ShownFactor {
  code?: string;
  response?: Record<string, unknown>;
}

/** The second step of a sign-in, and signing in with a passkey alone. */
@Injectable()
export class Challenge {
  constructor(
    private readonly signIn: SignIn,
    private readonly codes: Codes,
    private readonly passkeys: Passkeys,
    private readonly tries: Tries,
    private readonly work: UnitOfWork,
  ) {}

  /** What the browser needs to sign this sign-in with one of the account's passkeys. */
  async askPasskey(mfaToken: string): Promise<Record<string, unknown>> {
    const ticket = await this.signIn.ticket(mfaToken);
    return this.passkeys.ask('second-step', ticket.id, ticket.userId);
  }

  /** @throws Refusal `session_ended`, `invalid_code`, `invalid_passkey`, `too_many_requests` */
  async answer(mfaToken: string, shown: ShownFactor, from: From): Promise<Entered> {
    const ticket = await this.signIn.ticket(mfaToken);
    const { userId, workspaceId } = ticket;
    const keep = (code: ProblemCode) => this.signIn.refused(userId, workspaceId, code);
    return this.tries.spend(userId, () =>
      keepingFailures(keep, async () => {
        const signed = shown.response
          ? await this.passkeys.check(shown.response, 'second-step', ticket.id, userId)
          : undefined;
        return this.work.run(systemActor(workspaceId, 'mfa'), async (tx) => {
          if (signed) await this.passkeys.accept(tx, signed);
          else await this.codes.accept(tx, userId, shown.code ?? '');
          return this.signIn.complete(tx, ticket, from);
        });
      }),
    );
  }

  /** By a passkey that the device itself guards: nothing was typed, nobody was named. @throws Refusal `invalid_passkey` */
  async withPasskey(response: Record<string, unknown>, from: From): Promise<Entered> {
    const keep = async (code: ProblemCode) => {
      const userId = await this.passkeys.ownerOf(response);
      if (userId !== undefined) this.signIn.refused(userId, null, code);
    };
    return keepingFailures(keep, async () => {
      const signed = await this.passkeys.check(response, 'sign-in', null);
      return this.signIn.signInBy('passkey', signed.passkey.user_id, from, (tx) => this.passkeys.accept(tx, signed));
    });
  }
}

/** Leaves an entry in the audit log when what was shown was wrong. */
async function keepingFailures<T>(
  keep: (code: ProblemCode) => Promise<void> | void,
  work: () => Promise<T>,
): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof Refusal && (error.code === 'invalid_code' || error.code === 'invalid_passkey')) {
      await keep(error.code);
    }
    throw error;
  }
}
