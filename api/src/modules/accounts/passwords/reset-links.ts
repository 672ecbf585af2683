import { Injectable, Module } from '@nestjs/common';
import { systemActor } from '../../../platform/access';
import { Config } from '../../../platform/config';
import { UnitOfWork } from '../../../platform/work';
import { AccountLinks } from '../account-links';
import { AccountsQueries } from '../accounts.queries';

/** Links to a new password for who owns the machine: the mail that would hold one may be out of their reach. */
@Injectable()
export class ResetLinks {
  constructor(
    private readonly work: UnitOfWork,
    private readonly accounts: AccountsQueries,
    private readonly links: AccountLinks,
    private readonly config: Config,
  ) {}

  /** Works once, for half an hour; null when nobody of that address is a member of anything. */
  async make(email: string): Promise<string | null> {
    const account = await this.accounts.byEmail(email);
    const workspace = account?.workspaces[0];
    if (!account || !workspace) return null;
    const { token } = await this.work.run(systemActor(workspace.id, 'operator'), (tx) =>
      this.links.make(tx, 'password_reset', { userId: account.id, email: account.email }),
    );
    return `${this.config.publicUrl}/reset-password#token=${token}`;
  }
}

@Module({ providers: [AccountLinks, AccountsQueries, ResetLinks], exports: [ResetLinks] })
export class ResetLinksModule {}
