import type { HitKind, Verdict } from '@threadline/contracts';
import type { ReadTx, Tx } from '../../../platform/work';
import { HONEYPOT } from '../hit';
import type { HitOfMail, Settled } from '../verdict/mail-verdicts.rules';
import type { Trace } from '../verdict/source-traces.rules';
import { RULESET } from '../verdict/verdict.rules';

/** Hits of one mail that are looked at together at most; older ones of a hammered mail keep their verdicts. */
const MOST = 2_000;

/** A judged hit and the message it belongs to. */
export interface StoredHit extends HitOfMail {
  messageId: string;
  /** As it was judged by; null while the hand-over was not on record, and for a new hit. */
  sinceHandedMs: number | null;
}

/** The part of a message that its hits are judged by, locked. */
export interface MailRow {
  id: string;
  leadId: string;
  content: string;
  sentAt: number | null;
  openedAt: number | null;
  clickedAt: number | null;
  repliedAt: number | null;
}

interface Row {
  hit_id: string;
  message_id: string;
  at: Date;
  kind: HitKind;
  verdict: Verdict;
  rule: string;
  counted: boolean;
  method: string;
  user_agent: string | null;
  address_prefix: string | null;
  network: string | null;
  signs: number;
  link_index: number | null;
  link: string | null;
  since_handed_ms: string | null;
}

const COLUMNS = `hit_id, message_id, at, kind, verdict, rule, counted, method, user_agent, address_prefix, network, signs,
  link_index, link, since_handed_ms`;

/** Locks messages, so that their hits are judged by one at a time. Those of a deleted lead are left out (A66). */
export async function lockMails(tx: Tx, messageIds: readonly string[]): Promise<Map<string, MailRow>> {
  const rows = await tx.query<{
    id: string;
    lead_id: string;
    content: string;
    sent_at: Date | null;
    opened_at: Date | null;
    clicked_at: Date | null;
    replied_at: Date | null;
  }>(
    `SELECT id, lead_id, content, sent_at, opened_at, clicked_at, replied_at
       FROM messages m
      WHERE id = ANY ($1) AND EXISTS (SELECT 1 FROM leads l WHERE l.id = m.lead_id AND l.deleted_at IS NULL)
      ORDER BY id FOR NO KEY UPDATE OF m`,
    [messageIds],
  );
  const millis = (date: Date | null) => date?.getTime() ?? null;
  return new Map(
    rows.map((row) => [
      row.id,
      {
        id: row.id,
        leadId: row.lead_id,
        content: row.content,
        sentAt: millis(row.sent_at),
        openedAt: millis(row.opened_at),
        clickedAt: millis(row.clicked_at),
        repliedAt: millis(row.replied_at),
      },
    ]),
  );
}

/** Which of these hits have a verdict. */
export async function judgedAmong(tx: ReadTx, hitIds: readonly string[]): Promise<Set<string>> {
  const rows = await tx.query<{ hit_id: string }>('SELECT hit_id FROM hit_verdicts WHERE hit_id = ANY ($1)', [hitIds]);
  return new Set(rows.map((row) => row.hit_id));
}

/** Which of these messages have hits that wait for the hand-over to be on record, or for proof. In order of id. */
export async function leftOpen(tx: ReadTx, messageIds: readonly string[]): Promise<string[]> {
  const rows = await tx.query<{ message_id: string }>(
    `SELECT DISTINCT message_id FROM hit_verdicts
      WHERE message_id = ANY ($1) AND (since_handed_ms IS NULL OR (kind = 'open' AND verdict = 'unknown'))
      ORDER BY message_id`,
    [messageIds],
  );
  return rows.map((row) => row.message_id);
}

/** Hits whose verdict later ones may change: those that count, and opens that nobody could tell. */
export async function openQuestions(tx: ReadTx, messageIds: readonly string[]): Promise<StoredHit[]> {
  const rows = await tx.query<Row>(
    `SELECT ${COLUMNS} FROM hit_verdicts WHERE message_id = ANY ($1) AND counted
     UNION ALL
     (SELECT ${COLUMNS} FROM hit_verdicts WHERE message_id = ANY ($1) AND kind = 'open' AND verdict = 'unknown'
       ORDER BY at DESC LIMIT ${MOST})`,
    [messageIds],
  );
  return rows.map(toStored);
}

/** All hits of a message, as far back as is looked, and those that count whatever their age. */
export async function allHits(tx: ReadTx, messageId: string): Promise<StoredHit[]> {
  const rows = await tx.query<Row>(
    `SELECT ${COLUMNS} FROM hit_verdicts WHERE message_id = $1 AND counted
     UNION
     (SELECT ${COLUMNS} FROM hit_verdicts WHERE message_id = $1 ORDER BY at DESC, hit_id DESC LIMIT ${MOST})`,
    [messageId],
  );
  return rows.map(toStored);
}

/** Links and HEADs of these messages in a stretch of time, one per source, link and second: what bursts are seen by. */
export async function tracesBetween(
  tx: ReadTx,
  messageIds: readonly string[],
  from: number,
  to: number,
): Promise<(Trace & { messageId: string })[]> {
  const rows = await tx.query<Pick<Row, 'message_id' | 'at' | 'kind' | 'method' | 'address_prefix' | 'link_index'>>(
    `SELECT DISTINCT ON (message_id, kind, method, address_prefix, link_index, date_trunc('second', at))
            message_id, at, kind, method, address_prefix, link_index
       FROM hit_verdicts
      WHERE message_id = ANY ($1) AND at BETWEEN $2 AND $3 AND (kind = 'click' OR method <> 'GET')`,
    [messageIds, new Date(from), new Date(to)],
  );
  return rows.map((row) => ({
    messageId: row.message_id,
    source: row.address_prefix,
    at: row.at.getTime(),
    kind: row.kind,
    method: row.method,
    linkIndex: row.link_index,
    honeypot: row.link_index === HONEYPOT,
  }));
}

/**
 * Writes verdicts: those that stop counting first, so that at no moment two hits count for the same thing.
 * `handedAt` says when each message was handed over.
 */
export async function writeVerdicts(
  tx: Tx,
  settled: readonly Settled<StoredHit>[],
  handedAt: (messageId: string) => number | null,
): Promise<void> {
  const changed = settled.filter((one) => one.changed);
  const known = changed.filter(({ hit }) => hit.prior);
  const released = known.filter(({ hit, counted }) => hit.prior?.counted && !counted);
  if (released.length > 0) {
    const ids = released.map(({ hit }) => hit.id);
    await tx.query('UPDATE hit_verdicts SET counted = false WHERE hit_id = ANY ($1)', [ids]);
  }
  const params = (some: readonly Settled<StoredHit>[]) => [JSON.stringify(some.map((one) => toJson(one, handedAt)))];
  if (known.length > 0) {
    await tx.query(
      `UPDATE hit_verdicts v SET verdict = n.verdict, rule = n.rule, ruleset = '${RULESET}', counted = n.counted,
              since_handed_ms = n.since_handed_ms
         FROM jsonb_to_recordset($1::jsonb) AS n
              (hit_id uuid, verdict text, rule text, counted boolean, since_handed_ms bigint)
        WHERE v.hit_id = n.hit_id`,
      params(known),
    );
  }
  const fresh = changed.filter(({ hit }) => !hit.prior);
  if (fresh.length > 0) {
    await tx.query(
      `INSERT INTO hit_verdicts (workspace_id, ${COLUMNS}, ruleset)
       SELECT $2, ${COLUMNS}, '${RULESET}' FROM jsonb_to_recordset($1::jsonb) AS n
              (hit_id uuid, message_id uuid, at timestamptz, kind text, verdict text, rule text, counted boolean,
               method text, user_agent text, address_prefix text, network text, signs smallint, link_index int,
               link text, since_handed_ms bigint)`,
      [...params(fresh), tx.workspaceId],
    );
  }
}

function toStored(row: Row): StoredHit {
  return {
    id: row.hit_id,
    messageId: row.message_id,
    at: row.at.getTime(),
    kind: row.kind,
    method: row.method,
    userAgent: row.user_agent,
    addressPrefix: row.address_prefix,
    network: row.network,
    signs: row.signs,
    linkIndex: row.link_index,
    link: row.link,
    sinceHandedMs: row.since_handed_ms === null ? null : Number(row.since_handed_ms),
    prior: { verdict: row.verdict, rule: row.rule, counted: row.counted },
  };
}

function toJson({ hit, verdict, rule, counted }: Settled<StoredHit>, handedAt: (messageId: string) => number | null) {
  const handed = handedAt(hit.messageId);
  return {
    hit_id: hit.id,
    message_id: hit.messageId,
    at: new Date(hit.at),
    kind: hit.kind,
    verdict,
    rule,
    counted,
    method: hit.method,
    user_agent: hit.userAgent,
    address_prefix: hit.addressPrefix,
    network: hit.network,
    signs: hit.signs,
    link_index: hit.linkIndex,
    link: hit.link,
    since_handed_ms: handed === null ? null : hit.at - handed,
  };
}
