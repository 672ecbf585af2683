import { Injectable } from '@nestjs/common';
import { Config } from '../../platform/config';
import { Attempts } from '../../platform/limits';
import { Refusal } from '../../platform/refusal';
import { type NewPerson, Registration } from './registration.service';
import { SetupLink } from './setup-link';

/** Workspaces that one address may register in an hour: many, because many people can share one. */
const REGISTRATIONS = 1_000;
/** How often one address is told in an hour that an e-mail address is taken: enough for people, not for lists. */
const TAKEN = 20;
const ADDRESS_TAKEN = 'address taken';

/** Where strangers register. */
@Injectable()
export class RegistrationDoor {
  constructor(
    private readonly registration: Registration,
    private readonly attempts: Attempts,
    private readonly config: Config,
    private readonly setupLink: SetupLink,
  ) {}

  /** Whether strangers may create workspaces. */
  get open(): boolean {
    return this.config.openRegistration;
  }

  /** @throws Refusal `registration_closed`, `too_many_requests`, and what Registration refuses */
  async register(person: NewPerson, workspaceName: string, options: Parameters<Registration['register']>[2]) {
    const { ip } = options.from;
    // Before anything is said about the address.
    if (!this.open && !(options.setupToken && (await this.setupLink.fits(options.setupToken)))) {
      throw new Refusal('registration_closed');
    }
    await this.attempts.ask(ADDRESS_TAKEN, ip, TAKEN);
    await this.attempts.within('registration', ip, REGISTRATIONS);
    try {
      return await this.registration.register(person, workspaceName, options);
    } catch (error) {
      const taken = error instanceof Refusal && error.code === 'email_taken';
      if (taken) await this.attempts.within(ADDRESS_TAKEN, ip, TAKEN);
      throw error;
    }
  }
}
