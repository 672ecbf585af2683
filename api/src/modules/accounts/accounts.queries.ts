import { Injectable } from '@nestjs/common';
import { type BuiltInRole, DEFAULT_POLICIES, type WorkspacePolicies } from '@threadline/contracts';
import { SystemDatabase } from '../../platform/database';

/** A workspace of somebody's. */
export interface AccountWorkspace {
  id: string;
  name: string;
  createdAt: Date;
  demo: boolean;
  /** What the role is called: the word of a built-in one. */
  role: string;
  builtIn: BuiltInRole | null;
  /** True for owners who keep their password where others sign in through the identity provider. */
  breakGlass: boolean;
  policies: WorkspacePolicies;
}

/** A person across all their workspaces, of which the one used last comes first. */
export interface Account {
  id: string;
  email: string;
  name: string;
  passwordHash: string | null;
  /** Null while it is the one the account was made with. */
  passwordChangedAt: Date | null;
  /** Whether the address is proved to be theirs; until then others may carry it too. */
  addressProved: boolean;
  createdAt: Date;
  secondFactor: boolean;
  workspaces: AccountWorkspace[];
}

interface Row {
  id: string;
  email: string;
  name: string;
  password_hash: string | null;
  password_changed_at: Date | null;
  address_proved_at: Date | null;
  created_at: Date;
  second_factor: boolean;
  workspace_id: string | null;
  workspace_name: string;
  workspace_created_at: Date;
  demo: boolean;
  policies: Partial<WorkspacePolicies>;
  built_in: BuiltInRole | null;
  break_glass: boolean;
  role: string;
}

const SELECT = `
  SELECT u.id, u.email, u.name, u.password_hash, u.password_changed_at, u.address_proved_at, u.created_at,
         u.second_factor, m.workspace_id, w.name AS workspace_name, w.created_at AS workspace_created_at, w.demo, w.policies,
         r.built_in, m.break_glass,
         coalesce(r.built_in, r.name) AS role
    FROM users u
    LEFT JOIN memberships m ON m.user_id = u.id AND m.ended_at IS NULL
    LEFT JOIN workspaces w ON w.workspace_id = m.workspace_id
    LEFT JOIN roles r ON r.workspace_id = m.workspace_id AND r.id = m.role_id`;
const LAST_USED_FIRST = `
   ORDER BY (SELECT max(s.last_used_at) FROM sessions s
              WHERE s.workspace_id = m.workspace_id AND s.user_id = u.id) DESC NULLS LAST, m.joined_at`;

/** People across workspaces: for what concerns them and not one workspace. */
@Injectable()
export class AccountsQueries {
  constructor(private readonly database: SystemDatabase) {}

  /** The account that has proved the address to be its own. */
  async byEmail(email: string): Promise<Account | undefined> {
    const proved = 'lower(u.email) = lower($1) AND u.address_proved_at IS NOT NULL';
    return accountOf(await this.database.query<Row>(`${SELECT} WHERE ${proved} ${LAST_USED_FIRST}`, [email.trim()]));
  }

  /**
   * Accounts that carry the address without having proved it, the newest first.
   * @param knownFrom only those that were signed in from this network address
   */
  async unproved(email: string, limit: number, knownFrom: string | null = null): Promise<Account[]> {
    const carriers = await this.database.query<{ id: string }>(
      `SELECT u.id FROM users u
        WHERE lower(u.email) = lower($1) AND u.address_proved_at IS NULL
          AND EXISTS (SELECT 1 FROM memberships m WHERE m.user_id = u.id AND m.ended_at IS NULL)
          AND ($3::text IS NULL OR EXISTS (SELECT 1 FROM sessions s WHERE s.user_id = u.id AND s.ip = $3))
        ORDER BY u.created_at DESC, u.id DESC LIMIT $2`,
      [email.trim(), limit, knownFrom],
    );
    const accounts = await Promise.all(carriers.map(({ id }) => this.byId(id)));
    return accounts.filter((account) => account !== undefined);
  }

  async byId(userId: string): Promise<Account | undefined> {
    return accountOf(await this.database.query<Row>(`${SELECT} WHERE u.id = $1 ${LAST_USED_FIRST}`, [userId]));
  }

  /** Whether somebody else in a workspace of theirs has the address. */
  async isColleagues(userId: string, email: string): Promise<boolean> {
    const rows = await this.database.query(
      `SELECT FROM memberships own
         JOIN memberships m ON m.workspace_id = own.workspace_id AND m.ended_at IS NULL AND m.user_id <> own.user_id
         JOIN users u ON u.id = m.user_id
        WHERE own.user_id = $1 AND own.ended_at IS NULL AND lower(u.email) = lower($2) LIMIT 1`,
      [userId, email],
    );
    return rows.length > 0;
  }

  /** Those of some workspaces that take the word of an identity provider: it is one of theirs, and switched on. */
  async spokenForBy(issuer: string | null, workspaceIds: readonly string[]): Promise<ReadonlySet<string>> {
    const rows = await this.database.query<{ workspace_id: string }>(
      'SELECT workspace_id FROM sso_providers WHERE enabled AND issuer = $1 AND workspace_id = ANY ($2)',
      [issuer, workspaceIds],
    );
    return new Set(rows.map(({ workspace_id }) => workspace_id));
  }

  /** How a session was begun, and when its person last proved who they are. */
  async session(id: string) {
    const [row] = await this.database.query<{
      method: 'password' | 'passkey' | 'sso' | 'invitation';
      second_factor: boolean;
      created_at: Date;
      proved_at: Date | null;
      issuer: string | null;
    }>('SELECT method, second_factor, created_at, proved_at, issuer FROM sessions WHERE id = $1 AND ended_at IS NULL', [
      id,
    ]);
    return row;
  }
}

/** True for who has more than those who look after one workspace of theirs may give: another one, or its ownership. */
export function reachesFurther({ workspaces }: Pick<Account, 'workspaces'>): boolean {
  return workspaces.length > 1 || workspaces.some(({ builtIn }) => builtIn === 'owner');
}

/** True where the person's password is never enough alone: a shorter one will do. */
export function hasSecondFactor(account: Pick<Account, 'secondFactor' | 'workspaces'>): boolean {
  const { secondFactor, workspaces } = account;
  return secondFactor || (workspaces.length > 0 && workspaces.every((each) => each.policies.secondFactorRequired));
}

function accountOf(rows: Row[]): Account | undefined {
  const [first] = rows;
  if (!first) return undefined;
  const { id, email, name, password_hash: passwordHash, second_factor: secondFactor } = first;
  const { address_proved_at: provedAt, created_at: createdAt, password_changed_at: passwordChangedAt } = first;
  const workspaces = rows.flatMap((row): AccountWorkspace[] =>
    row.workspace_id === null
      ? []
      : [
          {
            id: row.workspace_id,
            name: row.workspace_name,
            createdAt: row.workspace_created_at,
            demo: row.demo,
            role: row.role,
            builtIn: row.built_in,
            breakGlass: row.break_glass,
            policies: { ...DEFAULT_POLICIES, ...row.policies },
          },
        ],
  );
  return {
    id,
    email,
    name,
    passwordHash,
    passwordChangedAt,
    addressProved: provedAt !== null,
    createdAt,
    secondFactor,
    workspaces,
  };
}
