import { Injectable } from '@nestjs/common';
import { LEAKED_PASSWORD, leakedForms, passwordProblem } from '@threadline/contracts';
import { Refusal } from '../../platform/refusal';

/** Whose password it is to be. */
export interface PasswordOwner {
  email: string;
  name: string;
  /** The names of their workspaces. */
  workspaces: readonly string[];
  /** True where a second factor stands beside the password. */
  secondFactor: boolean;
}

/** Which passwords are taken. The list of leaked ones is on this machine: nothing of a password leaves it. */
@Injectable()
export class PasswordPolicy {
  private leaked?: Promise<ReadonlySet<string>>;

  /** @throws Refusal `invalid_input`, at `password`, with words for the person */
  async check(password: string, owner: PasswordOwner): Promise<void> {
    const { email, name, workspaces, secondFactor } = owner;
    const about = [email.slice(0, email.lastIndexOf('@')), name, ...workspaces];
    const problem = passwordProblem(password, { secondFactor, about }) ?? (await this.leak(password));
    if (problem) throw new Refusal('invalid_input', { errors: [{ path: 'password', message: problem }] });
  }

  private async leak(password: string): Promise<string | null> {
    // Fifty thousand words: read when the first password is chosen, not when the server starts.
    this.leaked ??= import('@zxcvbn-ts/language-common').then(
      ({ dictionary }) => new Set(dictionary['passwords-common']),
    );
    const known = await this.leaked;
    return leakedForms(password).some((form) => known.has(form)) ? LEAKED_PASSWORD : null;
  }
}
