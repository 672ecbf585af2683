import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { type BuiltInRole, type Member, ref, type User, type Workspace } from '@threadline/contracts';
import { v7 } from 'uuid';
import { type Actor, systemActor } from '../../platform/access';
import { isDuplicate, SystemDatabase } from '../../platform/database';
import { Refusal } from '../../platform/refusal';
import { type Tx, UnitOfWork } from '../../platform/work';
import { PasswordPolicy } from './password-policy';
import { Passwords } from './passwords';
import { type RoleRef, Roles } from './roles';
import { type Beginning, Sessions } from './sessions.service';

export interface NewPerson {
  email: string;
  password: string;
  name: string;
}

export interface RegisteredPerson {
  user: User;
  workspace: Workspace;
  actor: Actor;
}

/** New people and new workspaces. */
@Injectable()
export class Registration {
  constructor(
    private readonly work: UnitOfWork,
    private readonly passwords: Passwords,
    private readonly policy: PasswordPolicy,
    private readonly sessions: Sessions,
    private readonly roles: Roles,
    private readonly database: SystemDatabase,
  ) {}

  /**
   * Creates a workspace with its first owner, signed in; always a new account, whatever others the address has.
   * @throws Refusal `invalid_input` for a password that has leaked or is guessed at once
   */
  async register(
    person: NewPerson,
    workspaceName: string,
    options: { from: Pick<Beginning, 'userAgent' | 'ip'>; setupToken?: string },
  ) {
    await this.policy.check(person.password, { ...person, workspaces: [workspaceName], secondFactor: false });
    const registered = await this.createWorkspace(person, { name: workspaceName, demo: false }, (tx, user) =>
      this.sessions.start(tx, user.id, { method: 'password', secondFactor: false, ...options.from }),
    );
    const operator = options.setupToken ? await this.becomeOperator(registered.user.id, options.setupToken) : false;
    return { ...registered, operator };
  }

  /**
   * Creates a workspace with its first owner, a new person or a known one; `then` runs in the same transaction.
   * @param about `proved` when whoever makes the account vouches for its address
   */
  async createWorkspace<T = undefined>(
    person: NewPerson | User,
    about: { name: string; demo: boolean; proved?: boolean; at?: Date },
    then?: (tx: Tx, user: User) => Promise<T>,
  ): Promise<RegisteredPerson & { then: T | undefined }> {
    const passwordHash = 'id' in person ? null : await this.passwords.hash(person.password, person.email);
    const proved = about.proved ?? false;
    const actor = systemActor(v7(), 'auth');
    return this.work.run(actor, async (present) => {
      const tx = about.at ? present.at(about.at) : present;
      await tx.query('INSERT INTO workspace_heads (workspace_id) VALUES ($1)', [tx.workspaceId]);
      await tx.query('INSERT INTO workspaces (workspace_id, name, demo, created_at) VALUES ($1, $2, $3, $4)', [
        tx.workspaceId,
        about.name,
        about.demo,
        tx.now,
      ]);
      tx.append({
        type: 'workspace.created',
        subject: { type: 'workspace', id: tx.workspaceId },
        about: [ref('workspace', tx.workspaceId)],
        data: { name: about.name },
      });
      await this.roles.makeBuiltIn(tx);
      const user = 'id' in person ? person : await this.addUser(tx, { ...person, passwordHash, proved });
      await this.join(tx, user, await this.roles.builtIn(tx, 'owner'));
      const workspace = { id: tx.workspaceId, name: about.name, createdAt: tx.now.toISOString(), demo: about.demo };
      return { user, workspace, actor, then: await then?.(present, user) };
    });
  }

  /** Adds a new person, whose address is vouched for, with a role to the workspace of the unit of work. */
  async addPerson(tx: Tx, person: NewPerson, role: BuiltInRole | RoleRef): Promise<User> {
    const passwordHash = await this.passwords.hash(person.password, person.email);
    const user = await this.addUser(tx, { ...person, passwordHash, proved: true });
    await this.join(tx, user, typeof role === 'string' ? await this.roles.builtIn(tx, role) : role);
    return user;
  }

  /**
   * A new person, not yet a member of anything; without a password when an identity provider or a directory made them.
   * @param person `proved` when the address is known to be theirs; otherwise others may carry it too
   * @throws Refusal `conflict` when somebody else has proved it at this moment
   */
  async addUser(
    tx: Tx,
    person: { email: string; name: string; passwordHash: string | null; proved: boolean },
  ): Promise<User> {
    const user: User = { id: v7(), email: person.email.trim(), name: person.name.trim() };
    try {
      await tx.query(
        `INSERT INTO users (id, email, name, password_hash, address_proved_at, created_at)
         VALUES ($1, $2, $3, $4, $5, $6)`,
        [user.id, user.email, user.name, person.passwordHash, person.proved ? tx.now : null, tx.now],
      );
    } catch (error) {
      throw isDuplicate(error, 'users_proved_email') ? new Refusal('conflict') : error;
    }
    return user;
  }

  /** Whether a member goes by the address; until the end of the unit of work nobody else comes in by it. */
  async isTaken(tx: Tx, email: string, but?: User): Promise<boolean> {
    await holdAddress(tx, [tx.workspaceId], email);
    const rows = await tx.query(
      `SELECT 1 FROM memberships m JOIN users u ON u.id = m.user_id
        WHERE lower(u.email) = lower($1) AND m.ended_at IS NULL AND u.id IS DISTINCT FROM $2 LIMIT 1`,
      [email, but?.id ?? null],
    );
    return rows.length > 0;
  }

  /** Makes somebody a member; one who had left comes back. @throws Refusal `already_member` */
  async join(tx: Tx, user: User, role: { id: string; name: string }, teamIds: readonly string[] = []): Promise<Member> {
    const [membership] = await tx.query<{ id: string }>(
      `INSERT INTO memberships (workspace_id, id, user_id, role_id, joined_at) VALUES ($1, $2, $3, $4, $5)
       ON CONFLICT ON CONSTRAINT memberships_user
       DO UPDATE SET role_id = $4, joined_at = $5, ended_at = NULL, left_email = NULL, left_name = NULL
         WHERE memberships.ended_at IS NOT NULL
       RETURNING id`,
      [tx.workspaceId, v7(), user.id, role.id, tx.now],
    );
    if (!membership) throw new Refusal('already_member');
    for (const teamId of teamIds) {
      await tx.query('INSERT INTO team_members (workspace_id, team_id, user_id) VALUES ($1, $2, $3)', [
        tx.workspaceId,
        teamId,
        user.id,
      ]);
    }
    const member: Member = {
      id: membership.id,
      userId: user.id,
      name: user.name,
      email: user.email,
      roleId: role.id,
      role: role.name,
      teamIds: [...teamIds],
      secondFactor: false,
      joinedAt: tx.now.toISOString(),
    };
    tx.append({
      type: 'member.joined',
      subject: { type: 'user', id: user.id },
      about: [ref('user', user.id)],
      data: { member },
    });
    return member;
  }

  /** Who registers through the one-time set-up link looks after this installation, and vouches for their own address. */
  private async becomeOperator(userId: string, setupToken: string): Promise<boolean> {
    const became = await this.database.query(
      `WITH spent AS (
         UPDATE installation SET setup_token_hash = NULL WHERE setup_token_hash = $2 RETURNING id
       ), became AS (
         UPDATE users u SET operator = true, address_proved_at = CASE WHEN NOT EXISTS (
             SELECT 1 FROM users o WHERE lower(o.email) = lower(u.email) AND o.address_proved_at IS NOT NULL
           ) THEN u.created_at END
          WHERE id = $1 AND EXISTS (SELECT 1 FROM spent) RETURNING id
       ) SELECT 1 FROM became`,
      [userId, createHash('sha256').update(setupToken).digest()],
    );
    return became.length > 0;
  }
}

/** Until the end of the unit of work nobody else comes by the address into one of the workspaces. */
export async function holdAddress(tx: Tx, workspaceIds: readonly string[], email: string): Promise<void> {
  for (const id of [...workspaceIds].sort()) {
    await tx.query(`SELECT pg_advisory_xact_lock(hashtextextended('member ' || $1 || lower($2), 0))`, [id, email]);
  }
}
