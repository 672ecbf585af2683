import { Injectable } from '@nestjs/common';
import type { OwnWorkspace } from '@threadline/contracts';
import { type Actor, memberBehind } from '../../../platform/access';
import { Refusal } from '../../../platform/refusal';
import { UnitOfWork } from '../../../platform/work';
import { type Entered, type From, Registration } from '../../auth';
import { AccountsQueries } from '../accounts.queries';
import { proveFirst } from '../own-accounts';
import { Crossing } from './crossing.service';

/** The workspaces of one person. */
@Injectable()
export class Workspaces {
  constructor(
    private readonly work: UnitOfWork,
    private readonly accounts: AccountsQueries,
    private readonly registration: Registration,
    private readonly crossing: Crossing,
  ) {}

  /** By name. An identity provider's word shows none but those that take it. */
  async own(actor: Actor): Promise<OwnWorkspace[]> {
    const account = await this.accounts.byId(memberBehind(actor));
    const all = (account?.workspaces ?? []).map(({ id, name, role, demo }) => {
      return { id, name, role, demo, current: id === actor.workspaceId };
    });
    const shown = actor.vouchedOnly ? await this.spokenFor(actor, all) : all;
    return shown.sort((one, other) => one.name.localeCompare(other.name) || one.id.localeCompare(other.id));
  }

  private async spokenFor(actor: Actor, workspaces: OwnWorkspace[]): Promise<OwnWorkspace[]> {
    const session = await this.accounts.session(actor.credential?.id ?? '');
    const ids = workspaces.map(({ id }) => id);
    const taken = await this.accounts.spokenForBy(session?.issuer ?? null, ids);
    return workspaces.filter(({ id, current }) => current || taken.has(id));
  }

  /**
   * A further workspace, owned by the caller; they stay where they are. Events `workspace.created`, `member.joined`.
   * @throws Refusal `proof_required` where nothing but an identity provider's word asks for it
   */
  async create(actor: Actor, name: string): Promise<OwnWorkspace> {
    if (actor.vouchedOnly) throw proveFirst();
    const account = await this.accounts.byId(memberBehind(actor));
    if (!account) throw new Refusal('not_found');
    const user = { id: account.id, email: account.email, name: account.name };
    // Inside one of the caller's own, whose Idempotency-Key remembers the answer.
    return this.work.run(actor, async () => {
      const { workspace } = await this.registration.createWorkspace(user, { name, demo: false });
      return { id: workspace.id, name, role: 'owner', demo: false, current: false };
    });
  }

  /** @throws Refusal `not_found`, `sso_required` */
  async switchTo(actor: Actor, workspaceId: string, from: From): Promise<Entered> {
    const account = await this.accounts.byId(memberBehind(actor));
    if (!account?.workspaces.some(({ id }) => id === workspaceId)) throw new Refusal('not_found');
    return this.crossing.to(actor, account, workspaceId, from);
  }
}
