import type { AuditEntry, AuditOutcome } from '@threadline/contracts';

/** Facility 13: log audit. */
const FACILITY = 13;
const SEVERITY: Record<AuditOutcome, number> = { allowed: 6, denied: 4, failed: 5 };
/** The private enterprise number that IANA keeps for examples: Threadline has none of its own. */
const ENTERPRISE = 32473;
const NOTICE = 5;

/** What a message says besides its JSON. */
interface Parts {
  severity: number;
  /** ISO 8601, UTC. */
  at: string;
  host: string;
  /** The kind of message. */
  id: string;
  element: string;
  parameters: Readonly<Record<string, string | number | null>>;
  /** One line. */
  text: string;
}

/** One entry as RFC 5424 has it: what one filters by as structured data, all of it as JSON behind. */
export function syslogEntry(host: string, entry: AuditEntry, json: string): Buffer {
  const { seq, id, action, outcome, actor, targets, ip, requestId, reason, hash } = entry;
  return framed({
    severity: SEVERITY[outcome],
    at: entry.occurredAt,
    host,
    id: action,
    element: 'audit',
    parameters: {
      ...{ seq, id, action, outcome, actorType: actor.type, actorId: actor.id, actor: actor.name },
      ...{ target: targets[0] ?? null, ip, requestId, reason, hash },
    },
    text: json,
  });
}

/** A checkpoint, or a test, as RFC 5424 has it. */
export function syslogNotice(
  host: string,
  { kind, at, json }: { kind: 'checkpoint' | 'test'; at: string; json: string },
): Buffer {
  return framed({
    severity: NOTICE,
    at,
    host,
    id: `audit.${kind}`,
    element: 'notice',
    parameters: { kind },
    text: json,
  });
}

/** Octet counting (RFC 6587 3.4.1, RFC 5425 4.3): a message's length before it, so that it may hold anything. */
function framed(parts: Parts): Buffer {
  const message = Buffer.from(messageOf(parts));
  return Buffer.concat([Buffer.from(`${message.length} `), message]);
}

function messageOf({ severity, at, host, id, element, parameters, text }: Parts): string {
  const told = Object.entries(parameters)
    .filter(([, value]) => value !== null && value !== '')
    .map(([name, value]) => ` ${name}="${escaped(String(value))}"`)
    .join('');
  const head = `<${FACILITY * 8 + severity}>1 ${at} ${word(host, 255)} threadline - ${word(id, 32)}`;
  // The mark at the beginning says that the text is UTF-8.
  return `${head} [${element}@${ENTERPRISE}${told}] \uFEFF${text}`;
}

/** A field of the head: printable ASCII, no blanks, or a dash for nothing. */
function word(text: string, most: number): string {
  return text.replace(/[^\x21-\x7e]/g, '').slice(0, most) || '-';
}

function escaped(value: string): string {
  return value.replace(/\p{Cc}/gu, ' ').replace(/["\\\]]/g, '\\$&');
}
