import { Injectable } from '@nestjs/common';
import type { User, Workspace } from '@threadline/contracts';
import { systemActor } from '../../platform/access';
import { SystemDatabase } from '../../platform/database';
import { Refusal } from '../../platform/refusal';
import { UnitOfWork } from '../../platform/work';
import { Passwords } from './passwords';
import { type Beginning, Sessions, type SessionTokens } from './sessions.service';

interface Account {
  id: string;
  email: string;
  name: string;
  password_hash: string | null;
  workspace_id: string | null;
  workspace_name: string;
  workspace_created_at: Date;
  demo: boolean;
}

/** Signing in with address and password. */
@Injectable()
export class SignIn {
  constructor(
    private readonly database: SystemDatabase,
    private readonly passwords: Passwords,
    private readonly sessions: Sessions,
    private readonly work: UnitOfWork,
  ) {}

  /**
   * An unknown address and a wrong password are told apart neither by the answer nor by its time.
   * @throws Refusal `invalid_credentials`
   */
  async signIn(email: string, password: string, from: Pick<Beginning, 'userAgent' | 'ip'>) {
    const account = await this.find(email);
    const right = await this.passwords.matches(password, account?.password_hash ?? null);
    if (!right || !account?.workspace_id) throw new Refusal('invalid_credentials');
    const tokens: SessionTokens = await this.work.run(systemActor(account.workspace_id, 'auth'), (tx) =>
      this.sessions.start(tx, account.id, { method: 'password', secondFactor: false, ...from }),
    );
    const user: User = { id: account.id, email: account.email, name: account.name };
    const workspace: Workspace = {
      id: account.workspace_id,
      name: account.workspace_name,
      createdAt: account.workspace_created_at.toISOString(),
      demo: account.demo,
    };
    return { user, workspace, tokens };
  }

  /** The account with the workspace that was joined first. */
  private async find(email: string): Promise<Account | undefined> {
    const [account] = await this.database.query<Account>(
      `SELECT u.id, u.email, u.name, u.password_hash, m.workspace_id,
              w.name AS workspace_name, w.created_at AS workspace_created_at, w.demo
         FROM users u
         LEFT JOIN memberships m ON m.user_id = u.id AND m.ended_at IS NULL
         LEFT JOIN workspaces w ON w.workspace_id = m.workspace_id
        WHERE lower(u.email) = lower($1)
        ORDER BY m.joined_at LIMIT 1`,
      [email.trim()],
    );
    return account;
  }
}
