import { type BeforeApplicationShutdown, Injectable } from '@nestjs/common';
import { systemActor } from '../../../platform/access';
import { Config } from '../../../platform/config';
import { Settling, UnitOfWork } from '../../../platform/work';
import { AccountMails } from '../../account-mail';
import { AccountLinks } from '../account-links';
import { AccountsQueries } from '../accounts.queries';
import { AfterAnswers } from '../after-answers';

/** Links that are mailed to one address within an hour. */
const AN_HOUR = 3;

/** Mails the links by which addresses of new accounts are proved. */
@Injectable()
export class AddressLinks implements BeforeApplicationShutdown {
  private readonly errands: AfterAnswers;

  constructor(
    private readonly work: UnitOfWork,
    private readonly accounts: AccountsQueries,
    private readonly links: AccountLinks,
    private readonly mails: AccountMails,
    private readonly config: Config,
    settling: Settling,
  ) {
    this.errands = new AfterAnswers('links that confirm addresses', settling);
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.errands.finish();
  }

  /**
   * Mails a link that confirms the address of a new account, or moves the account into the one that has proved the
   * address before. Three an hour to one address, and silently none after that. Returns at once.
   * @param answered settles when whoever waits has been answered: from then on time tells nothing
   */
  mail(userId: string, workspaceId: string, answered: Promise<void> = Promise.resolve()): void {
    this.errands.run(answered, () => this.mailNow(userId, workspaceId));
  }

  private async mailNow(userId: string, workspaceId: string): Promise<void> {
    const account = await this.accounts.byId(userId);
    const workspace = account?.workspaces.find(({ id }) => id === workspaceId);
    if (!account || !workspace || account.addressProved) return;
    const owner = await this.accounts.byEmail(account.email);
    const { email } = account;
    const link = await this.work.run(systemActor(workspace.id, 'auth'), async (tx) => {
      await this.links.oneAtATime(tx, email);
      if ((await this.links.madeLately('address_confirm', { email })) >= AN_HOUR) return null;
      return this.links.make(tx, 'address_confirm', { userId, email });
    });
    if (!link) return;
    const { name, createdAt: madeAt } = account;
    // By way of a workspace where whoever has the address can read it, should there be no mail server. Where there is one,
    // always by way of the new one: mails of a workspace leave one after the other, and a gap between those that its
    // person has sent would tell that this one went elsewhere.
    const readable = this.config.mailProves ? undefined : owner?.workspaces[0]?.id;
    await this.work.run(systemActor(readable ?? workspace.id, 'auth'), (tx) =>
      this.mails.queue(
        tx,
        { email, name: owner?.name ?? name },
        { kind: 'address_confirm', ...link, workspace: workspace.name, madeAt, accountExists: owner !== undefined },
        { addresseeOnly: true },
      ),
    );
  }
}
