import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { ref, type User, type Workspace, type BuiltInRole } from '@threadline/contracts';
import { v7 } from 'uuid';
import { type Actor, systemActor } from '../../platform/access';
import { isDuplicate, SystemDatabase } from '../../platform/database';
import { Refusal } from '../../platform/refusal';
import { type Tx, UnitOfWork } from '../../platform/work';
import { Passwords } from './passwords';
import { Sessions } from './sessions.service';

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
    private readonly sessions: Sessions,
    private readonly database: SystemDatabase,
  ) {}

  /**
   * Creates a workspace with its first owner, signed in.
   * @throws Refusal `email_taken`
   */
  async register(person: NewPerson, workspaceName: string, options: { userAgent: string | null; setupToken?: string }) {
    const registered = await this.createWorkspace(person, { name: workspaceName, demo: false }, (tx, user) =>
      this.sessions.start(tx, user.id, options.userAgent),
    );
    if (options.setupToken) await this.becomeOperator(registered.user.id, options.setupToken);
    return registered;
  }

  /** Creates a workspace with its first owner; `then` runs in the same transaction. */
  async createWorkspace<T = undefined>(
    person: NewPerson,
    about: { name: string; demo: boolean; at?: Date },
    then?: (tx: Tx, user: User) => Promise<T>,
  ): Promise<RegisteredPerson & { then: T | undefined }> {
    const passwordHash = await this.passwords.hash(person.password);
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
      const user = await this.join(tx, { ...person, passwordHash }, 'owner');
      const workspace = { id: tx.workspaceId, name: about.name, createdAt: tx.now.toISOString(), demo: about.demo };
      return { user, workspace, actor, then: await then?.(present, user) };
    });
  }

  /** Adds a new person to the workspace of the unit of work. */
  async addPerson(tx: Tx, person: NewPerson, role: BuiltInRole): Promise<User> {
    return this.join(tx, { ...person, passwordHash: await this.passwords.hash(person.password) }, role);
  }

  private async join(
    tx: Tx,
    person: { email: string; name: string; passwordHash: string },
    role: BuiltInRole,
  ): Promise<User> {
    const user: User = { id: v7(), email: person.email.trim(), name: person.name.trim() };
    const memberId = v7();
    try {
      await tx.query('INSERT INTO users (id, email, name, password_hash, created_at) VALUES ($1, $2, $3, $4, $5)', [
        user.id,
        user.email,
        user.name,
        person.passwordHash,
        tx.now,
      ]);
    } catch (error) {
      throw isDuplicate(error, 'users_email') ? new Refusal('email_taken') : error;
    }
    await tx.query('INSERT INTO memberships (workspace_id, id, user_id, role, joined_at) VALUES ($1, $2, $3, $4, $5)', [
      tx.workspaceId,
      memberId,
      user.id,
      role,
      tx.now,
    ]);
    const joinedAt = tx.now.toISOString();
    tx.append({
      type: 'member.joined',
      subject: { type: 'user', id: user.id },
      about: [ref('user', user.id)],
      data: { member: { id: memberId, userId: user.id, name: user.name, email: user.email, role, joinedAt } },
    });
    return user;
  }

  /** Who registers through the one-time set-up link looks after this installation. */
  private async becomeOperator(userId: string, setupToken: string): Promise<void> {
    await this.database.query(
      `WITH spent AS (
         UPDATE installation SET setup_token_hash = NULL WHERE setup_token_hash = $2 RETURNING id
       ) UPDATE users SET operator = true WHERE id = $1 AND EXISTS (SELECT 1 FROM spent)`,
      [userId, createHash('sha256').update(setupToken).digest()],
    );
  }
}
