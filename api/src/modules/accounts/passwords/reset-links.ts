import { Injectable, Module } from '@nestjs/common';
import { systemActor } from '../../../platform/access';
import { accountAddress } from '../../../platform/account-address';
import { Config } from '../../../platform/config';
import { UnitOfWork } from '../../../platform/work';
import { AccountLinks } from '../account-links';
import { AccountsQueries } from '../accounts.queries';

/** Accounts of an address that nobody has proved which get a link, the newest: more than strangers make to hide one. */
const UNPROVED = 100;

/** A link, and the workspace by which its person knows which account it is of. */
export interface ResetLink {
  url: string;
  workspace: string;
}

/** Links to a new password for who owns the machine: the mail that would hold one may be out of their reach. */
@Injectable()
export class ResetLinks {
  constructor(
    private readonly work: UnitOfWork,
    private readonly accounts: AccountsQueries,
    private readonly links: AccountLinks,
    private readonly config: Config,
  ) {}

  /**
   * Each works once, for half an hour: of the account that has proved the address, or else of the newest that carry it.
   * None when nobody of that address is a member of anything.
   */
  async make(typed: string): Promise<ResetLink[]> {
    const email = accountAddress(typed);
    if (!email) return [];
    const proved = await this.accounts.byEmail(email);
    const accounts = proved ? [proved] : await this.accounts.unproved(email, UNPROVED);
    const made: ResetLink[] = [];
    for (const account of accounts) {
      const [workspace] = account.workspaces;
      if (!workspace) continue;
      const { token } = await this.work.run(systemActor(workspace.id, 'operator'), (tx) =>
        this.links.make(tx, 'password_reset', { userId: account.id, email: account.email, provesAddress: true }),
      );
      made.push({ url: `${this.config.publicUrl}/reset-password#token=${token}`, workspace: workspace.name });
    }
    return made;
  }
}

@Module({ providers: [AccountLinks, AccountsQueries, ResetLinks], exports: [ResetLinks] })
export class ResetLinksModule {}
