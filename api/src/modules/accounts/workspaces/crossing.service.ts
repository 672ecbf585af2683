import { Injectable } from '@nestjs/common';
import type { User } from '@threadline/contracts';
import { type Actor, memberActor, systemActor } from '../../../platform/access';
import { Refusal } from '../../../platform/refusal';
import { type Tx, UnitOfWork } from '../../../platform/work';
import { type Entered, type From, MembersQueries, Sessions } from '../../auth';
import { type Account, AccountsQueries } from '../accounts.queries';

const IN_ITS_OWN_WAY = 'Sign in to that workspace in its own way.';

type How = Parameters<Sessions['start']>[2];

/** Going from one workspace to another: the session ends here and goes on there, neither younger nor better proved. */
@Injectable()
export class Crossing {
  constructor(
    private readonly work: UnitOfWork,
    private readonly sessions: Sessions,
    private readonly accounts: AccountsQueries,
    private readonly members: MembersQueries,
  ) {}

  /**
   * Goes to a workspace. A session that an identity provider began goes no further than that provider may speak for:
   * whoever runs it could else walk into every workspace of the people it names.
   * @param become runs first, in the same transaction there
   * @throws Refusal `not_found` when it is none of theirs, `sso_required`, `session_ended`
   */
  async to(
    actor: Actor,
    account: Account,
    workspaceId: string,
    from: From,
    become?: (tx: Tx) => Promise<void>,
  ): Promise<Entered> {
    const sessionId = actor.credential?.id ?? '';
    const session = await this.accounts.session(sessionId);
    if (!session) throw new Refusal('session_ended');
    const vouched = session.method === 'sso';
    const takenThere = vouched && (await this.accounts.spokenForBy(session.issuer, [workspaceId])).has(workspaceId);
    // As Threadline itself: what an Idempotency-Key remembers must not hold tokens.
    const entered = await this.work.run(systemActor(workspaceId, 'auth'), async (present) => {
      const tx = present.at(present.now, memberActor(workspaceId, account));
      await become?.(tx);
      if (!(await this.members.isMember(tx, account.id))) throw new Refusal('not_found');
      // An invitation is proof of its own, by its token.
      if (vouched && !become) throw new Refusal('sso_required', { detail: IN_ITS_OWN_WAY });
      if (!takenThere) await this.refuseAroundSso(tx, account.id);
      return this.enter(tx, account, {
        method: session.method,
        issuer: session.issuer,
        // What an identity provider vouched for holds in its own workspaces.
        secondFactor: session.second_factor && (!vouched || takenThere),
        continues: { createdAt: session.created_at, provedAt: vouched ? null : session.proved_at },
        ...from,
      });
    });
    await this.work.run(systemActor(actor.workspaceId, 'auth'), (tx) =>
      this.sessions.end(tx.at(tx.now, memberActor(actor.workspaceId, account)), sessionId, 'switched'),
    );
    return entered;
  }

  /** Begins a session in the workspace of the unit of work. */
  async enter(tx: Tx, { id, email, name }: User, how: How): Promise<Entered> {
    return {
      user: { id, email, name },
      workspace: await this.members.workspace(tx),
      tokens: await this.sessions.start(tx, id, how),
    };
  }

  /** Of what no provider of the workspace has begun. @throws Refusal `sso_required` */
  private async refuseAroundSso(tx: Tx, userId: string): Promise<void> {
    const [row] = await tx.query<{ bound: boolean }>(
      `SELECT coalesce((w.policies ->> 'ssoOnly')::boolean, false)
              AND NOT (m.break_glass AND r.built_in IS NOT DISTINCT FROM 'owner') AS bound
         FROM workspaces w JOIN memberships m ON m.workspace_id = w.workspace_id
         JOIN roles r ON r.id = m.role_id WHERE m.user_id = $1`,
      [userId],
    );
    if (row?.bound) throw new Refusal('sso_required');
  }
}
