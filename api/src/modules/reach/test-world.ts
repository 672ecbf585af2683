import { type Lead, type Message, type Page, PERMISSIONS, type RoleScopes, type Scope } from '@threadline/contracts';
import { v7 } from 'uuid';
import type { Person, TestApp } from '../../../test';
import { SessionDirectory } from '../auth';

const OWNERS = ['me', 'mate', 'other', 'nobody'] as const;
const HOLDERS = ['none', 'nobody', 'me', 'mate', 'other', 'our team', 'their team'] as const;
type Owner = (typeof OWNERS)[number];
type Holder = (typeof HOLDERS)[number];

/** One lead of each kind, and who has its conversation; `none`: it has none. */
export interface Case {
  owner: Owner;
  holder: Holder;
  lead: Lead;
  message: Message | null;
  /** Words that stand in nothing but the lead, its conversation and its draft. */
  words: { lead: string; conversation: string; draft: string };
}

/** A workspace with a lead of every kind, and somebody who reaches only so far. */
export interface World {
  /** Sees everything. */
  ada: Person;
  /** Whose scopes are set. */
  me: Person;
  mate: Person;
  other: Person;
  ours: string;
  cases: Case[];
  setScopes(scopes: RoleScopes): Promise<void>;
}

/** What the model says, in its own words: the SQL has to come to the same. */
export function seesConversation(scope: Scope, { owner, holder }: Pick<Case, 'owner' | 'holder'>): boolean {
  if (holder === 'none') return false;
  if (scope === 'all') return true;
  const ours: readonly string[] = scope === 'own' ? ['me'] : ['me', 'mate'];
  if (holder === 'nobody') return ours.includes(owner);
  return ours.includes(holder) || (scope === 'team' && holder === 'our team');
}

export function seesLead(scopes: RoleScopes, one: Pick<Case, 'owner' | 'holder'>): boolean {
  if (scopes.leads === 'all' || seesConversation(scopes.conversations, one)) return true;
  return one.owner === 'me' || (scopes.leads === 'team' && one.owner === 'mate');
}

export function seesDraft(scopes: RoleScopes, one: Pick<Case, 'owner' | 'holder'>): boolean {
  return one.holder === 'none' ? seesLead(scopes, one) : seesConversation(scopes.conversations, one);
}

export async function worldOf(app: TestApp): Promise<World> {
  const ada = await app.person('Ada');
  const me = await app.colleagueOf(ada, { permissions: PERMISSIONS });
  const [mate, other] = [await app.colleagueOf(ada), await app.colleagueOf(ada)];
  const ours = await team(app, ada, 'Ours', [me, mate]);
  const theirs = await team(app, ada, 'Theirs', [other]);
  const people: Record<string, string | null> = {
    ...{ me: me.userId, mate: mate.userId, other: other.userId, nobody: null },
  };
  const make = async (owner: Owner, holder: Holder): Promise<Case> => {
    const word = (kind: string) => `${kind}${v7().slice(-12)}`;
    const words = { lead: word('lead'), conversation: word('talk'), draft: word('draft') };
    const wanted = { name: words.lead, email: `${v7()}@example.com`, ownerId: people[owner] ?? null };
    const lead = (await ada.post<Lead>('/api/leads', wanted)).body;
    let message: Message | null = null;
    if (holder !== 'none') {
      const body = { channel: 'email', subject: 'Hello', content: words.conversation };
      message = (await ada.post<Message>(`/api/leads/${lead.id}/messages`, body)).body;
      const teamId = holder === 'our team' ? ours : holder === 'their team' ? theirs : null;
      await ada.patch(`/api/conversations/${message.conversationId}`, { assigneeId: people[holder] ?? null, teamId });
    }
    await ada.post(`/api/drafts/${lead.id}`, { channel: 'email', content: words.draft });
    return { owner, holder, lead, message, words };
  };
  const cases: Case[] = [];
  for (const owner of OWNERS) cases.push(...(await Promise.all(HOLDERS.map((holder) => make(owner, holder)))));
  await app.settle();
  return {
    ...{ ada, me, mate, other, ours, cases },
    async setScopes({ leads, conversations }) {
      await app.rows(
        `UPDATE roles SET lead_scope = $2, conversation_scope = $3
          WHERE id = (SELECT role_id FROM memberships WHERE user_id = $1)`,
        [me.userId, leads, conversations],
      );
      app.get(SessionDirectory).forgetAll();
    },
  };
}

async function team(app: TestApp, ada: Person, name: string, members: readonly Person[]): Promise<string> {
  const id = v7();
  await app.rows('INSERT INTO teams (workspace_id, id, name, created_at) VALUES ($1, $2, $3, now())', [
    ada.workspaceId,
    id,
    name,
  ]);
  for (const { userId } of members) {
    await app.rows('INSERT INTO team_members (workspace_id, team_id, user_id) VALUES ($1, $2, $3)', [
      ada.workspaceId,
      id,
      userId,
    ]);
  }
  return id;
}

/** Every item of a list, read in small pages. */
export async function allOf<T>(person: Person, path: string, limit = 4): Promise<T[]> {
  const items: T[] = [];
  for (let cursor: string | null = null; ;) {
    const query: string = `${path.includes('?') ? '&' : '?'}limit=${limit}${cursor ? `&cursor=${cursor}` : ''}`;
    const page = await person.get<Page<T>>(`${path}${query}`);
    if (page.status !== 200) throw new Error(`${path} answered ${page.status}: ${JSON.stringify(page.body)}`);
    items.push(...page.body.items);
    cursor = page.body.nextCursor;
    if (cursor === null) return items;
  }
}
