import type { Channel, Draft } from '@threadline/contracts';
import type { EventOfStore } from '@threadline/live';

/** What is known of one draft without having it open. */
export interface DraftMark {
  leadId: string;
  channel: Channel;
  revision: number;
  /** Sent or thrown away: there is nothing to read in it. */
  cleared: boolean;
  /** The person who threw it away. */
  clearedBy: string | null;
  /** Which screen saved it. */
  clientId: string | null;
  /** The text, as long as it is the one of `revision`. */
  draft: Draft | null;
}

export type DraftMarks = ReadonlyMap<string, DraftMark>;

export function markKey(leadId: string, channel: Channel): string {
  return `${leadId}/${channel}`;
}

export function marksOf(drafts: readonly Draft[]): DraftMarks {
  return new Map(
    drafts.map((draft) => {
      const { leadId, channel, revision } = draft;
      return [
        markKey(leadId, channel),
        { leadId, channel, revision, cleared: false, clearedBy: null, clientId: null, draft },
      ];
    }),
  );
}

/** Pure: the marks after an event. */
export function reduceMarks(marks: DraftMarks, event: EventOfStore<'drafts'>): DraftMarks {
  const { leadId, channel, revision } = event.data;
  const key = markKey(leadId, channel);
  const known = marks.get(key);
  if (known && known.revision >= revision) return marks;
  const cleared = event.type === 'draft.cleared';
  const discarded = event.type === 'draft.cleared' && event.data.reason === 'discarded';
  const clearedBy = discarded && event.actor.type === 'user' ? event.actor.id : null;
  const clientId = event.type === 'draft.saved' ? event.data.clientId : null;
  return new Map(marks).set(key, { leadId, channel, revision, cleared, clearedBy, clientId, draft: null });
}

/** The leads that have a draft. */
export function leadsWithDrafts(marks: DraftMarks): ReadonlySet<string> {
  return new Set([...marks.values()].filter(({ cleared }) => !cleared).map(({ leadId }) => leadId));
}
