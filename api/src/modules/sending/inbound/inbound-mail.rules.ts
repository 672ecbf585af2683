export interface Correspondent {
  name: string;
  address: string;
}

/** What was read out of a mail from outside; everything can be missing, and all of it is the sender's claim. */
export interface ReadMail {
  from: Correspondent | null;
  to: Correspondent | null;
  /** Where it wants its answers. */
  replyTo: Correspondent | null;
  subject: string | null;
  messageId: string | null;
  inReplyTo: string | null;
  references: string | null;
  html: string | null;
  text: string | null;
  /** Lower-case names, first occurrence. */
  headers: ReadonlyMap<string, string>;
  /** The text of its message/delivery-status part. */
  deliveryStatus: string | null;
}

/** A notice about one message: it came back for good, or it is late. */
export interface DeliveryNotice {
  action: 'failed' | 'delayed' | 'delivered' | 'relayed' | 'expanded';
  /** Enhanced status code, such as 5.1.1. */
  status: string;
  recipient: string | null;
  diagnostic: string | null;
}

/** Longest Message-ID that is looked at. */
const MAX_ID = 400;

/** The Message-IDs of a References or In-Reply-To header, angle brackets included, the nearest first, 30 at most. */
export function namedMessages(mail: Pick<ReadMail, 'inReplyTo' | 'references'>): string[] {
  const parents = idsIn(mail.inReplyTo);
  const ancestors = idsIn(mail.references).reverse();
  return [...new Set([...parents, ...ancestors])].slice(0, 30);
}

function idsIn(header: string | null): string[] {
  return (header?.slice(0, 20_000).match(/<[^\s<>]{3,400}>/g) ?? []).filter((id) => id.length <= MAX_ID);
}

/** The mail's own Message-ID, or one made from its bytes where it has none: what is known by one is not taken twice. */
export function identityOf(mail: Pick<ReadMail, 'messageId'>, digest: string): string {
  return idsIn(mail.messageId)[0] ?? `<${digest}@no-message-id.invalid>`;
}

/**
 * True for mail that a machine wrote in answer, or to many: out-of-office notes, confirmations, lists (RFC 3834 and the
 * headers that were in use before it). Such mail is shown, but it is no reply.
 * @param envelopeFrom '' for the null sender that notices come from.
 */
export function isAutomatic(mail: Pick<ReadMail, 'headers'>, envelopeFrom: string): boolean {
  const header = (name: string) => mail.headers.get(name)?.trim().toLowerCase() ?? '';
  const submitted = header('auto-submitted');
  if (submitted !== '' && !/^no\b/.test(submitted)) return true;
  if (/^(?:bulk|junk|list|auto_reply)\b/.test(header('precedence'))) return true;
  if (['x-autoreply', 'x-autorespond', 'x-autoresponder', 'x-auto-reply'].some((name) => mail.headers.has(name))) {
    return header('x-autoreply') !== 'no';
  }
  return envelopeFrom === '' || mail.headers.has('list-id') || /^multipart\/report\b/.test(header('content-type'));
}

/** The notice in a mail that is one (RFC 3464: multipart/report with a delivery-status part); otherwise null. */
export function deliveryNotice(mail: Pick<ReadMail, 'headers' | 'deliveryStatus'>): DeliveryNotice | null {
  const type = mail.headers.get('content-type')?.toLowerCase() ?? '';
  if (!/^multipart\/report\b/.test(type) || !/report-type="?delivery-status\b/.test(type)) return null;
  const blocks = (mail.deliveryStatus ?? '')
    .slice(0, 50_000)
    .replace(/\r\n?/g, '\n')
    .split(/\n\s*\n/);
  for (const block of blocks) {
    const fields = fieldsOf(block);
    const action = ACTIONS.find((known) => known === fields.get('action')?.toLowerCase());
    const status = /^([245]\.\d{1,3}\.\d{1,3})\b/.exec(fields.get('status') ?? '')?.[1];
    if (!action || !status) continue;
    const recipient = addressIn(fields.get('final-recipient')) ?? addressIn(fields.get('original-recipient'));
    return { action, status, recipient, diagnostic: diagnosticIn(fields.get('diagnostic-code')) };
  }
  return null;
}

const ACTIONS = ['failed', 'delayed', 'delivered', 'relayed', 'expanded'] as const;

function fieldsOf(block: string): Map<string, string> {
  const fields = new Map<string, string>();
  for (const line of block.replace(/\n[ \t]+/g, ' ').split('\n')) {
    const colon = line.indexOf(':');
    if (colon > 0) fields.set(line.slice(0, colon).trim().toLowerCase(), line.slice(colon + 1).trim());
  }
  return fields;
}

function addressIn(field: string | undefined): string | null {
  const address = field?.split(';').at(-1)?.trim().replace(/^<|>$/g, '') ?? '';
  return address.includes('@') ? address : null;
}

function diagnosticIn(field: string | undefined): string | null {
  const text = field
    ?.replace(/^[\w-]+\s*;\s*/, '')
    .replace(/\s+/g, ' ')
    .trim();
  return text ? text.slice(0, 300) : null;
}

/** What a notice means for the message it is about: only `failed` brings it back. */
export function meaningOf(notice: DeliveryNotice): { bounced: boolean; forGood: boolean; reason: string } {
  if (notice.action !== 'failed')
    return { bounced: false, forGood: false, reason: `a notice that it was ${notice.action}` };
  const forGood = notice.status.startsWith('5.');
  const kind = forGood ? 'does not take it' : 'could not take it for now, and it was given up';
  const words = notice.diagnostic ? `: ${notice.diagnostic}` : '';
  return { bounced: true, forGood, reason: `the recipient’s mail server ${kind} (${notice.status})${words}` };
}

/** A header's value from the beginning of a mail that has not been read yet; null when it is not there. */
export function headerOf(raw: Buffer, name: string): string | null {
  const head = raw.subarray(0, 65_536).toString('latin1');
  const end = head.search(/\r?\n\r?\n/);
  const unfolded = (end < 0 ? head : head.slice(0, end)).replace(/\r?\n[ \t]+/g, ' ');
  const wanted = `${name.toLowerCase()}:`;
  const line = unfolded.split(/\r?\n/).find((one) => one.slice(0, wanted.length).toLowerCase() === wanted);
  return line?.slice(wanted.length).trim() ?? null;
}
