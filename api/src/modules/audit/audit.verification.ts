import { Injectable } from '@nestjs/common';
import { BLOCK, type ExportedEntry, Verifier } from '@threadline/audit';
import type { AuditVerification } from '@threadline/contracts';
import type { ReadTx } from '../../platform/work';
import { BlockCheck, type BlockEntry, type BlockRow } from './audit-blocks.check';
import { AuditQueries } from './audit.queries';
import { CheckpointKey } from './checkpoint-key';
import { Checkpoints, sha256 } from './checkpoints.service';
import { Cuts } from './retention';

/** Entries read at once: a few milliseconds of work before others have their turn. */
const PAGE = BLOCK;
/** What no id, word or address has in it. */
const BETWEEN = '\u001f';

type Entry = ExportedEntry['entry'];

interface FoundBy {
  seq: string;
  /** What it is found by, one after the other: see `differing`. */
  found_by: string;
  ip_hash: string | null;
  entry: string;
  hash: Buffer;
}

/** Verifies a workspace's whole log: the chain, what entries are found by, the head, and the checkpoints made of it. */
@Injectable()
export class AuditVerifications {
  constructor(
    private readonly queries: AuditQueries,
    private readonly checkpoints: Checkpoints,
    private readonly key: CheckpointKey,
    private readonly cuts: Cuts,
  ) {}

  async verify(tx: ReadTx): Promise<AuditVerification> {
    const head = await this.queries.head(tx);
    const verifier = new Verifier(
      { sha256, verifyEd25519: (publicKey, message, signature) => this.key.verify(publicKey, message, signature) },
      await this.checkpoints.list(tx),
    );
    const cut = await this.cuts.newest(tx);
    if (cut) verifier.begin(cut);
    const findings: AuditVerification['findings'] = [];
    const blocks = new BlockCheck();
    let reading = this.page(tx, -1, cut?.size ?? 0);
    for (let rows = await reading; rows.entries.length > 0; rows = await reading) {
      // The database reads on while these are hashed.
      const last = Number(rows.entries.at(-1)?.seq);
      reading = this.page(tx, last, last);
      for (const row of rows.entries) {
        const entry = parsed(row.entry);
        verifier.add({ entry, hash: row.hash, text: row.entry });
        const wrong = differing(row, entry);
        if (wrong) {
          findings.push({ seq: Number(row.seq), what: `it is found by a ${wrong} that its content does not have` });
        } else {
          blocks.add(ofBlock(row, entry), rows.blocks, () => verifier.block);
        }
      }
    }
    findings.push(...blocks.findings);
    const result = await verifier.finish();
    findings.push(...result.findings);
    if (result.entries !== head.size || (head.size > 0 && result.head !== head.head.toString('hex'))) {
      findings.push({ seq: null, what: `the log says that it has ${head.size} entries, and has ${result.entries}` });
    }
    findings.sort((one, other) => (one.seq ?? Infinity) - (other.seq ?? Infinity));
    const first = findings.find(({ seq }) => seq !== null)?.seq;
    return {
      ok: findings.length === 0,
      entries: result.entries,
      head: result.head,
      ...(typeof first === 'number' ? { firstBroken: first } : {}),
      findings: findings.slice(0, 100),
      cannotTell: result.cannotTell,
    };
  }

  /** The entries after one, and the blocks that begin at or after another. */
  private async page(tx: ReadTx, after: number, begun: number) {
    const reading = tx.query<FoundBy>(
      `SELECT seq, ip_hash, entry, hash,
              concat_ws('${BETWEEN}', seq, id, (extract(epoch FROM occurred_at) * 1000)::bigint, action, outcome, actor_id,
                        array_to_string(targets, ','), coalesce(request_id, '')) AS found_by
         FROM audit_entries WHERE workspace_id = $1 AND seq > $2 ORDER BY seq LIMIT ${PAGE}`,
      [tx.workspaceId, after],
    );
    const first = Math.floor(begun / BLOCK);
    const rows = await tx.query<BlockRow>(
      `SELECT b.block, (extract(epoch FROM b.first_at) * 1000)::bigint AS first_at,
              (extract(epoch FROM b.last_at) * 1000)::bigint AS last_at, b.leaves, b.root, i.finds
         FROM audit_blocks b, LATERAL (
           SELECT sha256(convert_to(coalesce(string_agg(i.key || ' ' || i.bits::text || E'\\n', '' ORDER BY i.key), ''), 'UTF8')) AS finds
             FROM audit_index i
            WHERE i.workspace_id = b.workspace_id AND i.block = b.block AND i.key < 'w:') i
        WHERE b.workspace_id = $1 AND b.block BETWEEN $2 AND $3`,
      [tx.workspaceId, first, first + PAGE / BLOCK],
    );
    return { entries: await reading, blocks: new Map(rows.map((row) => [row.block, row])) };
  }
}

/** Text that is no entry is judged as one without anything in it. */
function parsed(text: string): Entry {
  try {
    return JSON.parse(text) as Entry;
  } catch {
    // Not JSON: an altered row, which the hash shows too.
    return { seq: -1 };
  }
}

/** The first column that says something else than the entry it belongs to. */
function differing(row: FoundBy, entry: Entry): string | undefined {
  const actor = (entry['actor'] ?? {}) as { id?: string };
  const targets = entry['targets'];
  const content = [
    entry.seq,
    entry['id'],
    Date.parse(String(entry['occurredAt'])),
    entry['action'],
    entry['outcome'],
    actor.id,
    Array.isArray(targets) ? targets.join() : undefined,
    entry['requestId'] ?? '',
  ];
  if (row.found_by === content.join(BETWEEN)) return undefined;
  const columns = row.found_by.split(BETWEEN);
  return COLUMNS.find((_, at) => columns[at] !== String(content[at])) ?? 'column';
}

const COLUMNS = ['number', 'id', 'time', 'action', 'outcome', 'actor', 'target', 'request'];

/** Called for entries whose columns say what their content says. */
function ofBlock({ hash, ip_hash: ipHash }: FoundBy, entry: Entry): BlockEntry {
  const { id } = entry['actor'] as unknown as { id: string };
  const kinds = (entry['targets'] as string[]).map((target) => `k:${target.slice(0, target.indexOf(':'))}`);
  return {
    seq: entry.seq,
    at: Date.parse(String(entry['occurredAt'])),
    hash,
    keys: [
      `a:${id}`,
      `c:${String(entry['action'])}`,
      `o:${String(entry['outcome'])}`,
      ...(ipHash === null ? [] : [`i:${ipHash}`]),
      ...kinds,
    ],
  };
}
