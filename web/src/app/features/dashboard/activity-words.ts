import type { Envelope, Lead } from '@threadline/contracts';
import { CONVERSATION_STATUS_WORDS, LEAD_STATUS_WORDS } from '../../shared/status';

/** Names of people, by id. */
export interface Names {
  member: (userId: string) => string | undefined;
  lead: (leadId: string) => string | undefined;
}

/** What kind of thing happened, for its mark. */
export type ActivityMark = 'engaged' | 'in' | 'out' | 'trouble' | 'lead' | 'conversation' | 'person';

/** An event as people tell it: who, what they did, to what. `Lin Zhang` + `opened` + `“Offer”`. */
export interface ActivitySentence {
  who: string;
  did: string;
  /** Said in ink: a subject, a name. */
  what: string;
  /** What follows it. */
  then?: string;
  mark: ActivityMark;
  /** The screen it is about. */
  path: string | null;
}

const FIELD_WORDS: Partial<Record<keyof Lead, string>> = {
  name: 'name',
  email: 'e-mail address',
  phone: 'phone',
  company: 'company',
  title: 'title',
  status: 'status',
  tags: 'tags',
  customFields: 'fields',
  ownerId: 'owner',
};

/** Tells an event; null for what the feed does not tell of. */
export function activitySentence(event: Envelope, names: Names): ActivitySentence | null {
  const who = actorName(event, names);
  return leadSentence(event, who) ?? talkSentence(event, who, names) ?? placeSentence(event, who);
}

/** The conversation or lead that the event is about; null for others. */
export function activityPath(event: Envelope): string | null {
  const of = (kind: string): string | undefined =>
    event.about.find((ref) => ref.startsWith(`${kind}:`))?.slice(kind.length + 1);
  const conversation = of('conversation');
  const lead = of('lead');
  if (conversation) return `/inbox/all/${conversation}`;
  return lead && event.type !== 'lead.deleted' && event.type !== 'lead.erased' ? `/leads/${lead}` : null;
}

function actorName(event: Envelope, names: Names): string {
  const { type, id } = event.actor;
  switch (type) {
    case 'user':
      return names.member(id) ?? 'A colleague';
    case 'contact':
      return names.lead(id) ?? 'A lead';
    case 'api_key':
      return 'An API key';
    case 'system':
      return 'Threadline';
  }
}

function quoted(subject: string | null): string {
  return subject ? `“${subject}”` : 'a message';
}

function leadSentence(event: Envelope, who: string): ActivitySentence | null {
  const mark = 'lead' as const;
  const path = activityPath(event);
  switch (event.type) {
    case 'lead.created':
      return { who, did: 'added', what: event.data.lead.name, mark, path };
    case 'lead.updated': {
      const fields = event.data.changed.map((field) => FIELD_WORDS[field]).filter(Boolean);
      const did = fields.length === 1 ? `changed the ${fields[0]} of` : 'changed';
      return { who, did, what: event.data.lead.name, mark, path };
    }
    case 'lead.status_changed': {
      const word = LEAD_STATUS_WORDS[event.data.to].word.toLowerCase();
      return { who, did: 'marked', what: event.data.lead.name, then: `as ${word}`, mark, path };
    }
    case 'lead.deleted':
      return { who, did: 'deleted', what: event.data.name, mark, path };
    case 'lead.erased':
      return { who, did: 'erased', what: 'a lead', mark, path: null };
    case 'lead.restored':
      return { who, did: 'brought back', what: event.data.lead.name, mark, path };
    default:
      return null;
  }
}

function talkSentence(event: Envelope, who: string, names: Names): ActivitySentence | null {
  const path = activityPath(event);
  switch (event.type) {
    case 'message.sent': {
      const to = names.lead(event.data.message.leadId);
      const author = event.data.message.authorId;
      const sender = (author && names.member(author)) || who;
      return {
        who: sender,
        did: to ? `wrote to ${to}:` : 'sent',
        what: quoted(event.data.message.subject),
        mark: 'out',
        path,
      };
    }
    case 'message.received':
      return lead(names, event.data.message.leadId, 'wrote', quoted(event.data.message.subject), 'in', path);
    case 'message.replied':
      return lead(names, event.data.message.leadId, 'answered', quoted(event.data.message.subject), 'in', path);
    case 'message.opened':
      return lead(names, event.data.message.leadId, 'opened', quoted(event.data.message.subject), 'engaged', path);
    case 'message.clicked':
      return lead(
        names,
        event.data.message.leadId,
        'clicked a link in',
        quoted(event.data.message.subject),
        'engaged',
        path,
      );
    default:
      return troubleSentence(event, names, path) ?? conversationSentence(event, who, names, path);
  }
}

function lead(
  names: Names,
  leadId: string,
  did: string,
  what: string,
  mark: ActivityMark,
  path: string | null,
): ActivitySentence {
  return { who: names.lead(leadId) ?? 'A lead', did, what, mark, path };
}

function troubleSentence(event: Envelope, names: Names, path: string | null): ActivitySentence | null {
  const mark = 'trouble' as const;
  switch (event.type) {
    case 'message.failed':
      return {
        who: quoted(event.data.message.subject),
        did: 'could not be sent to',
        what: to(event.data.message.leadId, names),
        mark,
        path,
      };
    case 'message.unknown':
      return {
        who: quoted(event.data.message.subject),
        did: 'may not have reached',
        what: to(event.data.message.leadId, names),
        mark,
        path,
      };
    case 'message.bounced':
      return {
        who: quoted(event.data.message.subject),
        did: 'came back from',
        what: to(event.data.message.leadId, names),
        mark,
        path,
      };
    case 'message.engagement_withdrawn': {
      const kind = event.data.kind === 'open' ? 'An open of' : 'A click in';
      return { who: kind, did: quoted(event.data.message.subject), what: 'was a machine’s', mark, path };
    }
    default:
      return null;
  }
}

function to(leadId: string, names: Names): string {
  return names.lead(leadId) ?? 'a lead';
}

function conversationSentence(
  event: Envelope,
  who: string,
  names: Names,
  path: string | null,
): ActivitySentence | null {
  const mark = 'conversation' as const;
  switch (event.type) {
    case 'conversation.status_changed': {
      const whose = event.data.conversation.leadName;
      if (event.actor.type === 'contact')
        return { who: 'A message', did: 'from', what: whose, then: 'reopened the conversation', mark, path };
      const then = `to ${CONVERSATION_STATUS_WORDS[event.data.to].word.toLowerCase()}`;
      return { who, did: 'set the conversation with', what: whose, then, mark, path };
    }
    case 'conversation.assigned': {
      const { leadName } = event.data.conversation;
      if (event.data.to === null) return { who, did: 'unassigned the conversation with', what: leadName, mark, path };
      const self = event.actor.type === 'user' && event.actor.id === event.data.to;
      const whom = names.member(event.data.to) ?? 'a colleague';
      return { who, did: self ? 'took on' : `assigned ${whom} the conversation with`, what: leadName, mark, path };
    }
    default:
      return null;
  }
}

function placeSentence(event: Envelope, who: string): ActivitySentence | null {
  const mark = 'person' as const;
  switch (event.type) {
    case 'workspace.created':
      return { who, did: 'created', what: event.data.name, mark, path: null };
    case 'workspace.renamed':
      return { who, did: 'renamed the workspace to', what: event.data.name, mark, path: null };
    case 'workspace.outgoing_paused':
      return { who, did: 'paused webhooks and messages after', what: 'a restore', mark, path: null };
    case 'workspace.outgoing_resumed':
      return { who, did: 'resumed', what: 'webhooks and messages', mark, path: null };
    case 'member.joined':
      return { who: event.data.member.name, did: 'joined', what: 'the workspace', mark, path: null };
    default:
      return null;
  }
}

/** An event and how it is told. */
export interface ActivityLine {
  event: Envelope;
  sentence: ActivitySentence;
}

/**
 * The lines of the feed. What came in and what it answered are one thing to people, and so are a lead's new status and
 * the change of its field: each is told once.
 */
export function activityLines(events: readonly Envelope[], names: Names): ActivityLine[] {
  const answers = new Set(events.flatMap((event) => (event.type === 'message.replied' ? event.data.replyId : [])));
  return events.flatMap((event) => {
    if (event.type === 'message.received' && answers.has(event.data.message.id)) return [];
    if (event.type === 'lead.updated' && event.data.changed.every((field) => field === 'status')) return [];
    const sentence = activitySentence(event, names);
    return sentence ? { event, sentence } : [];
  });
}
