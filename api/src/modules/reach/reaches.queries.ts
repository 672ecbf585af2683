import { Injectable } from '@nestjs/common';
import { type BareEvent, type Channel, type Envelope, isEnvelope } from '@threadline/contracts';
import type { Actor } from '../../platform/access';
import type { ReadTx } from '../../platform/work';
import { reachesEverything, reachOf, type Reaching } from './reach.rules';
import { keyOf, type Move, moveOf, placeOf } from './reach.table';
import { conversationWithin, draftWithin, leadWithin } from './visible-to';

/** What one person is shown of a stretch of the log. */
export interface Shown {
  /** The events in order; of one about something that is not visible now, its number alone. */
  events: (Envelope | BareEvent)[];
  /** Something became visible or invisible: what is on their screens has to be read anew. */
  moved: boolean;
}

/** A page of a feed, newest first, and the seq before which the next one begins. */
export interface FeedPage {
  items: Envelope[];
  next: number | null;
}

/** What the questions of a stretch are about. */
interface Asked {
  leads: string[];
  conversations: string[];
  messages: string[];
  draftLeads: string[];
  draftChannels: Channel[];
  people: string[];
  teams: string[];
  ownersOf: string[];
}

interface Row {
  user_id: string;
  key: string;
}

const MOVED = 'moved';
/** So often a page is read on past what is not visible before it is answered as it is. */
const MOST_READS = 20;

/** Who may see which events now: asked once for a stretch of the log and all who look at it. */
@Injectable()
export class ReachesQueries {
  /** What each of these actors is shown, by user id. Whoever sees everything needs not be asked about. */
  async shown(tx: ReadTx, viewers: readonly Actor[], events: readonly Envelope[]): Promise<(viewer: Actor) => Shown> {
    const narrow = viewers.filter((viewer) => !reachesEverything(viewer));
    const moves = events.flatMap((event) => moveOf(event) ?? []);
    const asked = askedOf(events, moves);
    const answers = new Map<Actor, ReadonlySet<string>>();
    for (const [reaching, group] of alike(narrow)) {
      const rows = isEmpty(asked) ? [] : await this.ask(tx, reaching, group, asked);
      for (const viewer of group) {
        answers.set(viewer, new Set(rows.filter((row) => row.user_id === viewer.userId).map((row) => row.key)));
      }
    }
    return (viewer) => {
      if (reachesEverything(viewer)) return { events: [...events], moved: false };
      const seen = answers.get(viewer) ?? new Set();
      return {
        events: events.map((event) => {
          const place = placeOf(event);
          return place === null || seen.has(keyOf(place)) ? event : { seq: event.seq };
        }),
        moved: seen.has(MOVED) || (moves.some((move) => move.teamsChanged) && reachesTeams(viewer)),
      };
    };
  }

  /**
   * A page of events, newest first, of those that the actor may see.
   * @param read events before a seq (null: the newest), newest first
   */
  async page(
    tx: ReadTx,
    { limit, before }: { limit: number; before: number | null },
    read: (before: number | null, limit: number) => Promise<Envelope[]>,
  ): Promise<FeedPage> {
    const items: Envelope[] = [];
    let at = before;
    for (let reads = 0; reads < MOST_READS; reads += 1) {
      const found = await read(at, limit + 1);
      const stretch = found.slice(0, limit);
      const shown = (await this.shown(tx, [tx.actor], stretch))(tx.actor).events;
      for (const event of shown) {
        if (items.length === limit) return { items, next: at };
        at = event.seq;
        if (isEnvelope(event)) items.push(event);
      }
      if (found.length <= limit) return { items, next: null };
      if (items.length === limit) break;
    }
    return { items, next: at };
  }

  private ask(tx: ReadTx, reaching: Reaching, viewers: readonly Actor[], asked: Asked): Promise<Row[]> {
    const columns = { me: 'a.user_id' };
    const { conversations } = reaching;
    const mates = isTeam(reaching)
      ? `OR EXISTS (SELECT 1 FROM team_members mine JOIN team_members mate ON mate.team_id = mine.team_id
                     WHERE mine.user_id = a.user_id AND (mate.user_id = ANY ($7) OR mate.user_id IN (SELECT owner_id FROM owners)))
         OR EXISTS (SELECT 1 FROM team_members mine WHERE mine.user_id = a.user_id AND mine.team_id = ANY ($8))`
      : 'AND $8::uuid[] IS NOT NULL';
    return tx.query<Row>(
      `WITH a AS (SELECT unnest($1::uuid[]) AS user_id),
            owners AS (SELECT l.owner_id FROM leads l WHERE l.id = ANY ($9::uuid[]) AND l.owner_id IS NOT NULL)
       SELECT a.user_id, 'lead:' || l.id AS key FROM a, leads l
        WHERE l.id = ANY ($2::uuid[]) AND ${leadWithin(reaching, columns, 'l')}
       UNION ALL
       SELECT a.user_id, 'conversation:' || c.id FROM a, conversations c
        WHERE c.id = ANY ($3::uuid[]) AND ${conversationWithin(conversations, columns, 'c')}
       UNION ALL
       SELECT a.user_id, 'message:' || m.id FROM a, messages m
         JOIN conversations c ON c.workspace_id = m.workspace_id AND c.id = m.conversation_id
        WHERE m.id = ANY ($4::uuid[]) AND ${conversationWithin(conversations, columns, 'c')}
       UNION ALL
       SELECT a.user_id, 'draft:' || d.lead_id || ':' || d.channel
         FROM a, unnest($5::uuid[], $6::text[]) AS d (lead_id, channel)
        WHERE ${draftWithin(reaching, columns, 'd.lead_id', 'd.channel')}
       UNION ALL
       SELECT a.user_id, '${MOVED}' FROM a
        WHERE ((a.user_id = ANY ($7::uuid[]) OR a.user_id IN (SELECT owner_id FROM owners)) ${mates})`,
      [
        viewers.map((viewer) => viewer.userId),
        asked.leads,
        asked.conversations,
        asked.messages,
        asked.draftLeads,
        asked.draftChannels,
        asked.people,
        asked.teams,
        asked.ownersOf,
      ],
    );
  }
}

function askedOf(events: readonly Envelope[], moves: readonly Move[]): Asked {
  const asked: Asked = {
    ...{ leads: [], conversations: [], messages: [], draftLeads: [], draftChannels: [] },
    people: moves.flatMap((move) => move.people),
    teams: moves.flatMap((move) => move.teams),
    ownersOf: moves.flatMap((move) => move.ownersOf),
  };
  const places = new Map(events.flatMap((event) => placeOf(event) ?? []).map((place) => [keyOf(place), place]));
  for (const place of places.values()) {
    switch (place.kind) {
      case 'lead':
        asked.leads.push(place.id);
        break;
      case 'conversation':
        asked.conversations.push(place.id);
        break;
      case 'message':
        asked.messages.push(place.id);
        break;
      case 'draft':
        asked.draftLeads.push(place.leadId);
        asked.draftChannels.push(place.channel);
        break;
    }
  }
  return asked;
}

function isEmpty(asked: Asked): boolean {
  return Object.values(asked).every((list: readonly string[]) => list.length === 0);
}

/** Viewers whose scopes come to the same: one question answers for all of them. */
function alike(viewers: readonly Actor[]): Iterable<[Reaching, Actor[]]> {
  const groups = new Map<string, [Reaching, Actor[]]>();
  for (const viewer of viewers) {
    const { leads, conversations, throughConversations, me } = reachOf(viewer);
    const key = [leads, conversations, throughConversations].join();
    const group = groups.get(key) ?? [{ leads, conversations, throughConversations, me }, []];
    group[1].push(viewer);
    groups.set(key, group);
  }
  return groups.values();
}

function isTeam({ leads, conversations }: Pick<Reaching, 'leads' | 'conversations'>): boolean {
  return leads === 'team' || conversations === 'team';
}

function reachesTeams({ scopes }: Actor): boolean {
  return isTeam(scopes);
}
