import { Injectable } from '@nestjs/common';
import { Refusal } from '../../../platform/refusal';
import type { ReadTx } from '../../../platform/work';
import { isUuid } from './scim-ids';
import type { Equality, ReadFilter } from './scim-filter';
import type { Page } from './scim-resource';
import { type ScimUser, type UserAttributes, userResource } from './scim-user';

interface Row {
  user_id: string;
  membership_id: string;
  role_id: string;
  owner: boolean;
  email: string;
  name: string;
  ended_at: Date | null;
  user_name: string | null;
  external_id: string | null;
  made_here: boolean | null;
  attributes: UserAttributes | null;
  joined_at: Date;
  created_at: Date | null;
  updated_at: Date | null;
  teams: { id: string; name: string }[];
}

/** Members, and those who were: a directory is shown whom it took out until it deletes them. */
const SHOWN = 'm.ended_at IS NULL OR (s.user_id IS NOT NULL AND s.deleted_at IS NULL)';
const FROM = `
  FROM memberships m JOIN workspace_people u ON u.user_id = m.user_id JOIN roles r ON r.id = m.role_id
  LEFT JOIN scim_users s ON s.user_id = m.user_id`;
const COLUMNS = `
  m.user_id, m.id AS membership_id, m.role_id, r.built_in IS NOT DISTINCT FROM 'owner' AS owner, u.email, u.name,
  m.ended_at, m.joined_at, s.user_name, s.external_id, s.made_here, s.attributes, s.created_at, s.updated_at,
  coalesce((SELECT json_agg(json_build_object('id', t.id, 'name', t.name) ORDER BY t.name)
     FROM team_members g JOIN teams t ON t.id = g.team_id WHERE g.user_id = m.user_id), '[]') AS teams`;

const EQUALITIES: Record<string, string> = {
  id: 'm.user_id::text = lower($1)',
  username: 'lower(coalesce(s.user_name, u.email)) = lower($1)',
  externalid: 's.external_id = $1',
  emails: 'lower(u.email) = lower($1)',
  'emails.value': 'lower(u.email) = lower($1)',
};

/** The people of a workspace, as a directory sees them. */
@Injectable()
export class ScimUsersQueries {
  /** @throws Refusal `not_found` */
  async one(tx: ReadTx, id: string): Promise<ScimUser> {
    const [user] = isUuid(id) ? await this.where(tx, 'm.user_id = $1', [id]) : [];
    if (!user) throw new Refusal('not_found');
    return user;
  }

  /** A page of those that match, by id, and how many match. */
  async list(tx: ReadTx, page: Page, filter: ReadFilter | undefined, root: string) {
    const [condition, parameters] = narrowed(filter?.equality ?? null);
    if (filter && condition === 'true') {
      const matching = (await this.where(tx, 'true', [])).filter((user) => filter.matches(userResource(user, root)));
      return { users: matching.slice(page.startIndex - 1, page.startIndex - 1 + page.count), total: matching.length };
    }
    const [counted] = await tx.query<{ total: number }>(
      `SELECT count(*)::int AS total ${FROM} WHERE (${SHOWN}) AND ${condition}`,
      parameters,
    );
    const users = await this.where(tx, condition, parameters, `LIMIT ${page.count} OFFSET ${page.startIndex - 1}`);
    return { users, total: counted?.total ?? 0 };
  }

  /** Whether somebody else goes by this name. */
  async isTaken(tx: ReadTx, userName: string, besides: string | null): Promise<boolean> {
    const users = await this.where(tx, `${EQUALITIES.username} AND m.user_id IS DISTINCT FROM $2::uuid`, [
      userName,
      besides,
    ]);
    return users.length > 0;
  }

  private async where(tx: ReadTx, condition: string, parameters: unknown[], part = ''): Promise<ScimUser[]> {
    const rows = await tx.query<Row>(
      `SELECT ${COLUMNS} ${FROM} WHERE (${SHOWN}) AND ${condition} ORDER BY m.user_id ${part}`,
      parameters,
    );
    return rows.map(userOf);
  }
}

function narrowed(equality: Equality | null): [string, unknown[]] {
  const condition = equality && Object.hasOwn(EQUALITIES, equality.attribute) && EQUALITIES[equality.attribute];
  return condition ? [condition, [equality.value]] : ['true', []];
}

function userOf(row: Row): ScimUser {
  return {
    userId: row.user_id,
    membershipId: row.membership_id,
    roleId: row.role_id,
    owner: row.owner,
    email: row.email,
    name: row.name,
    active: row.ended_at === null,
    userName: row.user_name ?? row.email,
    externalId: row.external_id,
    madeHere: row.made_here ?? false,
    attributes: row.attributes ?? {},
    createdAt: row.created_at ?? row.joined_at,
    updatedAt: row.updated_at ?? row.joined_at,
    teams: row.teams,
  };
}
