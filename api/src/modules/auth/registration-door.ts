import { Injectable } from '@nestjs/common';
import type { User, Workspace } from '@threadline/contracts';
import { Config } from '../../platform/config';
import { Attempts } from '../../platform/limits';
import { Refusal } from '../../platform/refusal';
import { PasswordDoor } from './password-door';
import { type NewPerson, Registration } from './registration.service';
import { SetupLink } from './setup-link';

/** Workspaces that one address may register in an hour: many, because many people can share one. */
const REGISTRATIONS = 1_000;

/** Tells the address of a new account, by mail and once the request is answered, that there is one. */
export type ToldOfAccount = (user: User, workspace: Workspace, answered: Promise<void>) => void;

/** What comes with a registration besides the person. */
type Circumstances = Parameters<Registration['register']>[2] & { answered: Promise<void> };

/** Where strangers register. */
@Injectable()
export class RegistrationDoor {
  private tell?: ToldOfAccount;

  constructor(
    private readonly registration: Registration,
    private readonly attempts: Attempts,
    private readonly config: Config,
    private readonly setupLink: SetupLink,
    private readonly passwords: PasswordDoor,
  ) {}

  /** Called once, when the module that writes to addresses starts. */
  tellBy(tell: ToldOfAccount): void {
    this.tell = tell;
  }

  /** Whether strangers may create workspaces. */
  get open(): boolean {
    return this.config.openRegistration;
  }

  /** @throws Refusal `registration_closed`, `too_many_requests`, and what Registration refuses */
  async register(person: NewPerson, workspaceName: string, options: Circumstances) {
    const { ip } = options.from;
    // Before anything is said about the address.
    if (!this.open && !(options.setupToken && (await this.setupLink.fits(options.setupToken)))) {
      throw new Refusal('registration_closed');
    }
    await this.attempts.within('registration', ip, REGISTRATIONS);
    await this.passwords.admitChoice(person.email);
    const registered = await this.registration.register(person, workspaceName, options);
    if (!registered.operator) this.tell?.(registered.user, registered.workspace, options.answered);
    return registered;
  }
}
