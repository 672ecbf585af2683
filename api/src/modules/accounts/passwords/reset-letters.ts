import { Injectable } from '@nestjs/common';
import { NOBODY, systemActor } from '../../../platform/access';
import { Config } from '../../../platform/config';
import { UnitOfWork } from '../../../platform/work';
import { AccountMails } from '../../account-mail';
import { AccountLinks } from '../account-links';
import { type Account, reachesFurther } from '../accounts.queries';

/** Links that are mailed to one account within an hour. */
export const AN_HOUR = 3;

/** The mail with a link to a new password. */
@Injectable()
export class ResetLetters {
  constructor(
    private readonly work: UnitOfWork,
    private readonly links: AccountLinks,
    private readonly mails: AccountMails,
    private readonly config: Config,
  ) {}

  /** What is done before a link is made, for an address that has no account: whoever looks on shall see work there too. */
  async mailNobody(email: string): Promise<void> {
    await this.work.run(systemActor(NOBODY, 'auth'), async (tx) => {
      await this.links.oneAtATime(tx, email);
      await this.links.madeLately('password_reset', { userId: NOBODY });
    });
  }

  /** Mails it, unless the account had enough of them lately, or no password would help it. */
  async mail(account: Account): Promise<void> {
    const [workspace] = account.workspaces;
    if (!workspace || signsInElsewhere(account)) return;
    await this.work.run(systemActor(workspace.id, 'auth'), async (tx) => {
      await this.links.oneAtATime(tx, account.email);
      if ((await this.links.madeLately('password_reset', { userId: account.id })) >= AN_HOUR) return;
      // Whoever looks after one workspace of a person shall get into no other by it, nor become an owner; nor make an
      // account that a provider vouches for theirs, before its person comes into others.
      const addresseeOnly = reachesFurther(account) || account.passwordHash === null;
      const shown = !addresseeOnly && !this.config.mailProves;
      const link = await this.links.make(tx, 'password_reset', { userId: account.id, email: account.email, shown });
      const { addressProved, createdAt } = account;
      const unproved = addressProved ? null : { workspace: workspace.name, madeAt: createdAt };
      const readers = { addresseeOnly, userId: account.id };
      await this.mails.queue(tx, account, { kind: 'password_reset', ...link, unproved }, readers);
    });
  }
}

/**
 * True for somebody who could use no password: an identity provider signs them in, wherever they are. Not where a second
 * factor is asked of them, which begins with a proof of their own. (The first reset of an unproved address would take the
 * provider's identity away, and lock them out.)
 */
function signsInElsewhere({ workspaces, addressProved, secondFactor }: Account): boolean {
  return workspaces.every(({ policies, breakGlass, builtIn }) => {
    const enrols = policies.secondFactorRequired && !secondFactor && addressProved;
    return policies.ssoOnly && !enrols && !(breakGlass && builtIn === 'owner');
  });
}
