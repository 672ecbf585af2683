import type { Actor } from '../../platform/access';
import { type Reach, reachOf, type Reaching } from './reach.rules';

/** Where the conditions find what they are about. */
interface Columns {
  /** SQL for the id of the member who looks. */
  me: string;
}

/** SQL for the ids of the people whose things somebody reaches: their own, or their team mates' too. */
function people(reach: 'own' | 'team', { me }: Columns): string {
  if (reach === 'own') return `ARRAY[${me}]`;
  return `ARRAY(SELECT ${me} UNION SELECT mate.user_id FROM team_members mine
                  JOIN team_members mate ON mate.team_id = mine.team_id WHERE mine.user_id = ${me})`;
}

/** SQL for the teams of who looks. Read anew each time: who was taken out of one stops seeing its things at once. */
function teams({ me }: Columns): string {
  return `ARRAY(SELECT mine.team_id FROM team_members mine WHERE mine.user_id = ${me})`;
}

/** @param owner SQL for the owner of the conversation's lead, where it is at hand */
export function conversationWithin(reach: Reach, columns: Columns, c: string, owner?: string): string {
  if (reach === 'all') return 'true';
  if (reach === 'nothing') return 'false';
  const ours = people(reach, columns);
  const ofOurLead = owner
    ? `${owner} = ANY (${ours})`
    : `EXISTS (SELECT 1 FROM leads theirs WHERE theirs.id = ${c}.lead_id AND theirs.owner_id = ANY (${ours}))`;
  return `(${[
    `${c}.assignee_id = ANY (${ours})`,
    ...(reach === 'team' ? [`${c}.team_id = ANY (${teams(columns)})`] : []),
    `(${c}.assignee_id IS NULL AND ${c}.team_id IS NULL AND ${ofOurLead})`,
  ].join(' OR ')})`;
}

/** The same for a lead. */
export function leadWithin({ leads, throughConversations }: Reaching, columns: Columns, l: string): string {
  if (leads === 'all') return 'true';
  const through =
    throughConversations === 'nothing'
      ? []
      : [
          `EXISTS (SELECT 1 FROM conversations v WHERE v.lead_id = ${l}.id
              AND ${conversationWithin(throughConversations, columns, 'v', `${l}.owner_id`)})`,
        ];
  const owned = leads === 'nothing' ? [] : [`${l}.owner_id = ANY (${people(leads, columns)})`];
  return `(${[...owned, ...through].join(' OR ') || 'false'})`;
}

/** A draft belongs to the conversation it will be sent in, and until there is one, to the lead. */
export function draftWithin(reaching: Reaching, columns: Columns, leadId: string, channel: string): string {
  if (reaching.leads === 'all' && reaching.conversations === 'all') return 'true';
  return `(EXISTS (SELECT 1 FROM conversations w WHERE w.lead_id = ${leadId} AND w.channel = ${channel}
                      AND ${conversationWithin(reaching.conversations, columns, 'w')})
           OR (NOT EXISTS (SELECT 1 FROM conversations w WHERE w.lead_id = ${leadId} AND w.channel = ${channel})
               AND EXISTS (SELECT 1 FROM leads k WHERE k.id = ${leadId} AND ${leadWithin(reaching, columns, 'k')})))`;
}

/** SQL conditions for what an actor may see, of rows under the given alias. */
export interface VisibleTo {
  lead(alias: string): string;
  /** @param owner the column with the owner of its lead, where the query has it */
  conversation(alias: string, owner?: string): string;
  /** Of `messages`, or whatever has a `conversation_id`. */
  message(alias: string): string;
  /** Of `drafts`, or whatever has a `lead_id` and a `channel`. */
  draft(alias: string): string;
  /** The ids of the leads, for who sees few of many; null where a condition is as good. */
  leadIds(): string | null;
  conversationIds(): string | null;
}

/**
 * The shelf: which leads, conversations, messages and drafts an actor may see, as SQL conditions for every query that
 * reads them. The one place where scopes are enforced: HTTP, sockets, the log and all else ask here. For who sees
 * everything each condition is `true`, and costs nothing. What is not visible is not there: 404, never 403.
 * @param parameters the query's; what the conditions need is pushed onto them
 */
export function visibleTo(actor: Actor, parameters: unknown[]): VisibleTo {
  const reaching = reachOf(actor);
  const { conversations } = reaching;
  let place: string | undefined;
  const columns: Columns = {
    get me() {
      return (place ??= `$${parameters.push(reaching.me)}::uuid`);
    },
  };
  return {
    lead: (alias) => leadWithin(reaching, columns, alias),
    conversation: (alias, owner) => conversationWithin(conversations, columns, alias, owner),
    message: (alias) =>
      conversations === 'all'
        ? 'true'
        : `EXISTS (SELECT 1 FROM conversations holds WHERE holds.id = ${alias}.conversation_id
             AND ${conversationWithin(conversations, columns, 'holds')})`,
    draft: (alias) => draftWithin(reaching, columns, `${alias}.lead_id`, `${alias}.channel`),
    leadIds: () => leadIds(reaching, columns),
    conversationIds: () => (isNarrow(conversations) ? conversationIds(conversations, columns) : null),
  };
}

function isNarrow(reach: Reach): reach is 'own' | 'team' {
  return reach === 'own' || reach === 'team';
}

function leadIds({ leads, throughConversations }: Reaching, columns: Columns): string | null {
  if (!isNarrow(leads) || throughConversations === 'all') return null;
  const owned = `SELECT o.id FROM leads o WHERE o.owner_id = ANY (${people(leads, columns)}) AND o.deleted_at IS NULL`;
  if (throughConversations === 'nothing') return owned;
  const [assigned, unassigned] = conversationSelects(throughConversations, columns, 'lead_id');
  // Who owns the leads themselves has the unassigned conversations among them already.
  const ways = throughConversations === 'team' && leads === 'own' ? [...assigned, unassigned] : assigned;
  return [owned, ...ways].join(' UNION ');
}

function conversationIds(reach: 'own' | 'team', columns: Columns): string {
  const [assigned, unassigned] = conversationSelects(reach, columns, 'id');
  return [...assigned, unassigned].join(' UNION ');
}

/** One index for each way of reaching a conversation: the assigned ones, and those that are nobody's but their lead's. */
function conversationSelects(
  reach: 'own' | 'team',
  columns: Columns,
  column: 'id' | 'lead_id',
): [assigned: string[], unassigned: string] {
  const ours = people(reach, columns);
  const select = `SELECT g.${column} FROM conversations g`;
  const assigned = [
    `${select} WHERE g.assignee_id = ANY (${ours})`,
    ...(reach === 'team' ? [`${select} WHERE g.team_id = ANY (${teams(columns)})`] : []),
  ];
  // As an array, because a join is planned from the side of all conversations.
  const unassigned = `${select} WHERE g.assignee_id IS NULL AND g.team_id IS NULL AND g.lead_id = ANY (ARRAY(
      SELECT o.id FROM leads o WHERE o.owner_id = ANY (${ours}) AND o.deleted_at IS NULL))`;
  return [assigned, unassigned];
}
