import { Injectable } from '@nestjs/common';
import type { ProblemCode, SecondStepDue, SecondStepMethod, User, Workspace } from '@threadline/contracts';
import { inNetworks, memberActor, NOBODY, systemActor } from '../../platform/access';
import { accountAddress } from '../../platform/account-address';
import { SystemDatabase } from '../../platform/database';
import { Refusal } from '../../platform/refusal';
import { Later, type Tx, UnitOfWork } from '../../platform/work';
import { type Lock, PasswordDoor } from './password-door';
import { type Beginning, Sessions, type SessionTokens } from './sessions.service';
import { SignInTickets, type Ticket } from './sign-in-tickets';

/** Whoever is a member anywhere. */
const MEMBER_OF_ANY = 'EXISTS (SELECT 1 FROM memberships m WHERE m.user_id = u.id AND m.ended_at IS NULL)';
/** Any of these people. */
const ANY_OF = 'u.id = ANY ($1::uuid[])';
/** An account that carries an address, proved to be its own or not. */
interface Carrier extends Lock {
  proved: boolean;
  password_changed_at: Date | null;
}

/** A person, in the workspace that is named or in any. */
const MEMBER = 'u.id = $1 AND ($2::uuid IS NULL OR m.workspace_id = $2)';

interface Account {
  id: string;
  email: string;
  name: string;
  second_factor: boolean;
  workspace_id: string;
  workspace_name: string;
  workspace_created_at: Date;
  demo: boolean;
  /** True when this workspace takes nothing but its identity provider's word for this member. */
  sso_only: boolean;
  proved: boolean;
  /** From where the workspace lets somebody in; empty for from anywhere. */
  networks: string[];
}

/** An account that a password has opened. */
export interface Opened {
  id: string;
  /** When the password that opened it was set. */
  passwordSetAt: Date | null;
}

/** From where somebody signs in. */
export type From = Omit<Beginning, 'method' | 'secondFactor'>;

/** Somebody who is signed in, and where. */
export interface Entered {
  user: User;
  workspace: Workspace;
  tokens: SessionTokens;
}

/** Tells which second steps an account has; brought by the module that keeps them. */
export type SecondSteps = (userId: string) => Promise<SecondStepMethod[]>;

/** The one way into a session, whatever it was that somebody showed. */
@Injectable()
export class SignIn {
  private secondSteps?: SecondSteps;

  constructor(
    private readonly database: SystemDatabase,
    private readonly door: PasswordDoor,
    private readonly sessions: Sessions,
    private readonly tickets: SignInTickets,
    private readonly work: UnitOfWork,
    private readonly later: Later,
  ) {}

  /** Called once, when the module that keeps second factors starts. */
  askSecondSteps(of: SecondSteps): void {
    this.secondSteps = of;
  }

  /**
   * By address and password. Of several accounts that carry the address and have this password, the one that has proved
   * it, or else the one used last. An account with a second factor is not signed in by this: it gets a ticket for the second
   * step. An unknown address and a wrong password are told apart neither by the answer nor by its time.
   * @throws Refusal `invalid_credentials`, `too_many_requests` when there were too many wrong ones,
   * `sso_required` when the password was right and no workspace of theirs takes it
   */
  async signIn(email: string, password: string, from: From): Promise<Entered | SecondStepDue> {
    const account = await this.among(await this.unlocked(email, password, from), from);
    if (!account) throw new Refusal('invalid_credentials');
    // Only after the right password: before it, this would tell who is a member.
    if (account.sso_only) throw new Refusal('sso_required');
    const inWorkspace = systemActor(account.workspace_id, 'auth');
    if (account.second_factor) {
      const mfaToken = await this.tickets.issue(account.id, account.workspace_id, 'password');
      await this.work.run(inWorkspace, (tx) => this.refuseOld(tx, account));
      return { mfaRequired: true, mfaToken, methods: (await this.secondSteps?.(account.id)) ?? [] };
    }
    return this.work.run(inWorkspace, async (tx) => {
      await this.refuseOld(tx, account);
      return this.enter(tx, account, { method: 'password', secondFactor: false, ...from });
    });
  }

  /**
   * A password that was set while the one shown was still being looked at ends what that one opens: the hash it fitted
   * is not the account's any more. In a unit of work of a workspace of theirs, before a session begins.
   * @throws Refusal `invalid_credentials`
   */
  async refuseOld(tx: Tx, { id, passwordSetAt }: Opened): Promise<void> {
    const still = await tx.query(
      'SELECT 1 FROM users WHERE id = $1 AND password_changed_at IS NOT DISTINCT FROM $2::timestamptz FOR SHARE',
      [id, passwordSetAt],
    );
    if (still.length === 0) throw new Refusal('invalid_credentials');
  }

  /**
   * The account that `signIn` would sign in, second factor or not, or else one that has no workspace any more; null when
   * the password opens none, in the same time.
   * @throws Refusal `too_many_requests` when there were too many wrong ones
   */
  async opened(email: string, password: string, from: From): Promise<Opened | null> {
    const open = await this.unlocked(email, password, from, 'true');
    const account = await this.among(open, from);
    if (account) return account;
    const [first] = open.sort((one, other) => Number(other.proved) - Number(one.proved));
    return first ? { id: first.id, passwordSetAt: first.password_changed_at } : null;
  }

  /** The sign-in that waits for its second step. @throws Refusal `session_ended` */
  ticket(mfaToken: string): Promise<Ticket> {
    return this.tickets.read(mfaToken);
  }

  /**
   * Ends the second step, in a unit of work of the ticket's workspace in which the factor was accepted.
   * @throws Refusal `session_ended` when the ticket was used, or the password has changed since
   */
  async complete(tx: Tx, ticket: Ticket, from: From): Promise<Entered> {
    await this.tickets.spend(tx, ticket);
    const account = await this.member(ticket.userId, ticket.workspaceId, from.ip);
    return this.enter(tx, account, { method: ticket.method, secondFactor: true, ...from });
  }

  /**
   * Without a password, by something that is two factors in itself: `accept` runs in the transaction that signs in.
   * @throws Refusal `invalid_credentials` when the person is no member of anything, and what `accept` throws
   */
  async signInBy(method: 'passkey', userId: string, from: From, accept: (tx: Tx) => Promise<void>): Promise<Entered> {
    const account = await this.member(userId, null, from.ip);
    return this.work.run(systemActor(account.workspace_id, 'auth'), async (tx) => {
      await accept(tx);
      return this.enter(tx, account, { method, secondFactor: true, ...from });
    });
  }

  /** Somebody came as this person, and what they showed as the second step, or instead of a password, was not theirs. */
  refused(userId: string, workspaceId: string | null, reason: ProblemCode): void {
    this.keepFailure(userId, workspaceId, reason);
  }

  /**
   * In the audit log; not waited for, because the time it takes would tell that there is such an account. Nor would it do
   * to be at work when the next request comes, or only for those who have one: it comes later, and for nobody as well.
   * @param knownFrom for an account that merely carries the address: only if it was signed in from there before. Its log
   * would tell whoever made it when, and from where, others who have the address come.
   */
  private keepFailure(
    userId: string,
    workspaceId: string | null,
    reason: ProblemCode,
    knownFrom: string | null = null,
  ): void {
    this.later.run('keeping a failed sign-in', async () => {
      const shown = knownFrom === null || (await this.wasHere(userId, knownFrom));
      const account = await this.find(MEMBER, [userId, workspaceId], null);
      await this.work.run(systemActor(account?.workspace_id ?? NOBODY, 'auth'), async (tx) => {
        if (!account || !shown) return;
        tx.at(tx.now, memberActor(tx.workspaceId, account)).note({
          action: 'session.refused',
          outcome: 'failed',
          targets: [`user:${account.id}`],
          reason,
        });
      });
    });
  }

  private async wasHere(userId: string, ip: string): Promise<boolean> {
    const rows = await this.database.query('SELECT FROM sessions WHERE user_id = $1 AND ip = $2 LIMIT 1', [userId, ip]);
    return rows.length > 0;
  }

  private async enter(tx: Tx, account: Account, beginning: Beginning): Promise<Entered> {
    if (account.sso_only) throw new Refusal('sso_required');
    return {
      user: { id: account.id, email: account.email, name: account.name },
      workspace: {
        id: account.workspace_id,
        name: account.workspace_name,
        createdAt: account.workspace_created_at.toISOString(),
        demo: account.demo,
      },
      tokens: await this.sessions.start(tx, account.id, beginning),
    };
  }

  /** The accounts that the password opens. */
  private async unlocked(email: string, password: string, from: From, whose = MEMBER_OF_ANY): Promise<Carrier[]> {
    const address = accountAddress(email);
    const carriers = address ? await this.carriers(address, whose) : [];
    const open = await this.door.opens(address ?? email, password, carriers, from);
    if (open.length > 0) return open;
    const tried = carriers.length > 0 ? carriers : [{ id: NOBODY, proved: true }];
    for (const { id, proved } of tried) this.keepFailure(id, null, 'invalid_credentials', proved ? null : from.ip);
    return [];
  }

  private async among(open: readonly Carrier[], from: From): Promise<(Account & Opened) | undefined> {
    if (open.length === 0) return undefined;
    const account = await this.find(ANY_OF, [open.map(({ id }) => id)], from.ip);
    const lock = open.find(({ id }) => id === account?.id);
    return account && lock && { ...account, passwordSetAt: lock.password_changed_at };
  }

  private async member(userId: string, workspaceId: string | null, ip: string | null): Promise<Account> {
    const account = await this.find(MEMBER, [userId, workspaceId], ip);
    if (!account) throw new Refusal('invalid_credentials');
    return account;
  }

  /** The accounts that carry an address: the one that has proved it, and all that have not. */
  private carriers(email: string, whose: string): Promise<Carrier[]> {
    return this.database.query<Carrier>(
      `SELECT u.id, u.password_hash, u.password_changed_at, u.address_proved_at IS NOT NULL AS proved FROM users u
        WHERE lower(u.email) = lower($1) AND ${whose}`,
      [email],
    );
  }

  /**
   * The account with the workspace that was used last, or else joined first, of those that take what was shown. Those
   * that are closed to the network it comes from stand behind: else one workspace could shut a person out of all. Of
   * several accounts the one whose address is proved.
   */
  private async find(condition: string, parameters: unknown[], ip: string | null): Promise<Account | undefined> {
    const [first, ...others] = await this.database.query<Account>(
      `SELECT u.id, u.email, u.name, u.second_factor, m.workspace_id,
              w.name AS workspace_name, w.created_at AS workspace_created_at, w.demo,
              coalesce((w.policies ->> 'ssoOnly')::boolean, false)
                AND NOT (m.break_glass AND r.built_in IS NOT DISTINCT FROM 'owner') AS sso_only,
              u.address_proved_at IS NOT NULL AS proved, coalesce(w.policies -> 'allowedNetworks', '[]') AS networks
         FROM users u
         JOIN memberships m ON m.user_id = u.id AND m.ended_at IS NULL
         JOIN workspaces w ON w.workspace_id = m.workspace_id
         JOIN roles r ON r.workspace_id = m.workspace_id AND r.id = m.role_id
        WHERE ${condition}
        ORDER BY u.address_proved_at IS NULL, sso_only, (SELECT max(s.last_used_at) FROM sessions s
                   WHERE s.workspace_id = m.workspace_id AND s.user_id = u.id) DESC NULLS LAST, m.joined_at`,
      parameters,
    );
    if (!first || ip === null || inNetworks(first.networks, ip)) return first;
    const asGood = others.filter(({ proved, sso_only }) => proved === first.proved && sso_only === first.sso_only);
    return asGood.find(({ networks }) => inNetworks(networks, ip)) ?? first;
  }
}
