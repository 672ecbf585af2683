import type { Envelope, EventType, WebhookKind } from '@threadline/contracts';

/** What things are called, by ref, and where people find them. */
export interface Names {
  of: ReadonlyMap<string, string>;
  publicUrl: string;
}

/** Slack takes 3,000 characters in a section, Discord 2,000 in a message and 256 in a title. */
const LONGEST_LINE = 250;
const LONGEST_DETAIL = 600;

/**
 * The body of a message: the envelope as it is, or what Slack and Discord take at an incoming webhook. Text of others
 * is told and never obeyed: nothing in it mentions anybody or becomes a link of its own.
 */
export function bodyOf(kind: WebhookKind, event: Envelope, names: Names): string {
  switch (kind) {
    case 'standard':
      return JSON.stringify(event);
    case 'slack':
      return JSON.stringify(slackBody(tellingOf(event, names)));
    case 'discord':
      return JSON.stringify(discordBody(tellingOf(event, names), event.occurredAt));
  }
}

/** An event in words. */
interface Telling {
  /** "Ada: lead created". */
  title: string;
  /** What it is about, by name. */
  about: string | null;
  detail: string | null;
  url: string;
}

function slackBody({ title, about, detail, url }: Telling) {
  const [line, more] = [slackText(title), [about, detail].flatMap((each) => (each === null ? [] : [slackText(each)]))];
  return {
    text: [line, ...more].join(' · '),
    blocks: [
      { type: 'section', text: { type: 'mrkdwn', text: [`*${line}*`, ...more].join('\n') } },
      { type: 'context', elements: [{ type: 'mrkdwn', text: `<${url}|Open in Threadline>` }] },
    ],
    unfurl_links: false,
  };
}

function discordBody({ title, about, detail, url }: Telling, at: string) {
  const description = [about, detail].flatMap((each) => (each === null ? [] : [discordText(each)])).join('\n');
  return {
    username: 'Threadline',
    embeds: [{ title: discordText(title), url, timestamp: at, ...(description ? { description } : {}) }],
    allowed_mentions: { parse: [] },
  };
}

function tellingOf(event: Envelope, { of, publicUrl }: Names): Telling {
  const leadRef = event.about.find((each) => each.startsWith('lead:'));
  const by = of.get(`${event.actor.type}:${event.actor.id}`);
  const what = WORDS[event.type] ?? event.type.replace(/[._]/g, ' ');
  return {
    title: cut(by ? `${by}: ${what}` : capital(what), LONGEST_LINE),
    about: leadRef ? cut(of.get(leadRef) ?? nameIn(event) ?? 'a lead', LONGEST_LINE) : nameIn(event),
    detail: detailOf(event),
    url: leadRef ? `${publicUrl}/leads/${leadRef.slice('lead:'.length)}` : `${publicUrl}/activity`,
  };
}

const WORDS: Partial<Record<EventType, string>> = {
  'lead.created': 'new lead',
  'lead.updated': 'lead changed',
  'lead.status_changed': 'lead has another status',
  'conversation.started': 'new conversation',
  'conversation.assigned': 'conversation assigned',
  'conversation.status_changed': 'conversation has another status',
  'message.received': 'a message came in',
  'message.sent': 'message sent',
  'message.delivered': 'message delivered',
  'message.opened': 'message was read',
  'message.clicked': 'a link was clicked',
  'message.replied': 'message was answered',
  'message.bounced': 'message bounced',
  'message.failed': 'message could not be sent',
  'message.unknown': 'it is not known whether a message left',
  'member.joined': 'somebody joined',
  'member.removed': 'somebody left',
  'member.role_changed': 'somebody has another role',
  'webhook.failing': 'a webhook is failing',
  'webhook.disabled': 'a webhook was switched off',
  'webhook.recovered': 'a webhook works again',
};

function detailOf({ data }: Envelope): string | null {
  if ('from' in data && 'to' in data && typeof data.from === 'string' && typeof data.to === 'string') {
    return cut(`${data.from} → ${data.to}`, LONGEST_DETAIL);
  }
  if ('message' in data) {
    const { subject, content, failure } = data.message;
    const text = content
      .replace(/<[^>]*>/g, ' ')
      .replace(/\s+/g, ' ')
      .trim();
    return cut(failure ?? subject ?? text, LONGEST_DETAIL) || null;
  }
  if ('changed' in data) return cut(data.changed.join(', '), LONGEST_DETAIL) || null;
  return 'error' in data && typeof data.error === 'string' ? cut(data.error, LONGEST_DETAIL) : null;
}

function nameIn({ data }: Envelope): string | null {
  if ('lead' in data) return cut(data.lead.name, LONGEST_LINE);
  if ('member' in data) return cut(data.member.name, LONGEST_LINE);
  return 'name' in data && typeof data.name === 'string' ? cut(data.name, LONGEST_LINE) : null;
}

function cut(text: string, most: number): string {
  return text.length <= most ? text : `${text.slice(0, most - 1).replace(/[\uD800-\uDBFF]$/, '')}…`;
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** Slack reads only these three as its own. */
function slackText(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

/** Discord reads Markdown and mentions. */
function discordText(text: string): string {
  return text.replace(/([\\*_~`|>[\]()#])/g, '\\$1').replaceAll('@', '@\u200b');
}
