import { Injectable } from '@nestjs/common';
import type { AddressConfirmed } from '@threadline/contracts';
import { memberActor } from '../../../platform/access';
import { isDuplicate } from '../../../platform/database';
import { Refusal } from '../../../platform/refusal';
import { type Tx, UnitOfWork } from '../../../platform/work';
import { AccountLinks } from '../account-links';
import { type Account, AccountsQueries } from '../accounts.queries';
import { AccountMoves } from './account-moves';
import { proveAddress, tellAddressProved } from './address-proofs';

/** What a step does in one of the workspaces of an account. */
type Step = (tx: Tx) => Promise<void> | void;

/** Following the link to the address of a new account. */
@Injectable()
export class AddressConfirmation {
  constructor(
    private readonly work: UnitOfWork,
    private readonly links: AccountLinks,
    private readonly accounts: AccountsQueries,
    private readonly moves: AccountMoves,
  ) {}

  /**
   * The address is the account's own from now on. Where another account has proved it before, that one takes the place
   * of this one in all its workspaces; not of one with a second factor, which who reads the mail has not shown.
   * @throws Refusal `invalid_token`
   */
  async confirm(token: string): Promise<AddressConfirmed> {
    const link = await this.links.find('address_confirm', token);
    const account = await this.accounts.byId(link.userId);
    const here = account?.workspaces.find(({ id }) => id === link.workspaceId);
    if (!account || !here) throw new Refusal('invalid_token');
    const spend = (tx: Tx) => this.links.spend(tx, token);
    const workspaces = [here, ...account.workspaces.filter(({ id }) => id !== here.id)].map(({ id }) => id);
    const everywhere = { account, workspaces, spend };
    const moved = { outcome: 'moved', workspace: here.name } as const;
    if (await this.moveToOwner(everywhere)) return moved;
    try {
      await this.inAll(everywhere, {
        here: (tx) => proveAddress(tx, account),
        elsewhere: (tx) => tellAddressProved(tx, account),
      });
    } catch (error) {
      // Somebody else has proved it at this moment: it is theirs, and this one moves.
      if (!isDuplicate(error, 'users_proved_email') || !(await this.moveToOwner(everywhere))) throw error;
      return moved;
    }
    return { outcome: 'confirmed', workspace: here.name };
  }

  /** Answers whether anybody has proved the address. */
  private async moveToOwner(everywhere: Everywhere): Promise<boolean> {
    const owner = await this.accounts.byEmail(everywhere.account.email);
    if (!owner) return false;
    if (everywhere.account.secondFactor) throw new Refusal('invalid_token');
    const into = { id: owner.id, email: owner.email, name: owner.name };
    const move = (tx: Tx) => this.moves.move(tx, everywhere.account, into);
    await this.inAll(everywhere, { here: move, elsewhere: move });
    return true;
  }

  /** In the workspace that the link is of, which spends it, and in the others after that. */
  private async inAll({ account, workspaces, spend }: Everywhere, steps: { here: Step; elsewhere: Step }) {
    for (const [index, workspaceId] of workspaces.entries()) {
      await this.work.run(memberActor(workspaceId, account), async (tx) => {
        if (index === 0) await spend(tx);
        await (index === 0 ? steps.here : steps.elsewhere)(tx);
      });
    }
  }
}

interface Everywhere {
  account: Account;
  workspaces: readonly string[];
  spend: (tx: Tx) => Promise<void>;
}
