import { Injectable } from '@nestjs/common';
import { Verifier, type ExportedEntry } from '@threadline/audit';
import type { AuditVerification } from '@threadline/contracts';
import type { ReadTx } from '../../platform/work';
import { AuditQueries } from './audit.queries';
import { CheckpointKey } from './checkpoint-key';
import { Checkpoints, sha256 } from './checkpoints.service';

/** Entries read at once. */
const PAGE = 5_000;

interface FoundBy {
  seq: string;
  id: string;
  occurred_at: Date;
  action: string;
  outcome: string;
  actor_id: string;
  targets: string[];
  request_id: string | null;
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
  ) {}

  async verify(tx: ReadTx): Promise<AuditVerification> {
    const head = await this.queries.head(tx);
    const verifier = new Verifier(
      { sha256, verifyEd25519: (publicKey, message, signature) => this.key.verify(publicKey, message, signature) },
      await this.checkpoints.list(tx),
    );
    const findings: AuditVerification['findings'] = [];
    for (let after = -1; ;) {
      const rows = await this.page(tx, after);
      for (const row of rows) {
        const line = { entry: parsed(row.entry), hash: row.hash.toString('hex') };
        verifier.add(line);
        const wrong = differing(row, line);
        if (wrong)
          findings.push({ seq: Number(row.seq), what: `it is found by a ${wrong} that its content does not have` });
      }
      const last = rows.at(-1);
      if (!last || rows.length < PAGE) break;
      after = Number(last.seq);
    }
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

  private page(tx: ReadTx, after: number): Promise<FoundBy[]> {
    return tx.query<FoundBy>(
      `SELECT seq, id, occurred_at, action, outcome, actor_id, targets, request_id, entry, hash
         FROM audit_entries WHERE workspace_id = $1 AND seq > $2 ORDER BY seq LIMIT ${PAGE}`,
      [tx.workspaceId, after],
    );
  }
}

/** Text that is no entry is judged as one without anything in it. */
function parsed(text: string): ExportedEntry['entry'] {
  try {
    return JSON.parse(text) as ExportedEntry['entry'];
  } catch {
    // Not JSON: an altered row, which the hash shows too.
    return { seq: -1 };
  }
}

/** The first column that says something else than the entry it belongs to. */
function differing(row: FoundBy, { entry }: ExportedEntry): string | undefined {
  const actor = (entry['actor'] ?? {}) as { id?: string };
  const pairs: [string, unknown, unknown][] = [
    ['number', Number(row.seq), entry.seq],
    ['id', row.id, entry['id']],
    ['time', row.occurred_at.toISOString(), entry['occurredAt']],
    ['action', row.action, entry['action']],
    ['outcome', row.outcome, entry['outcome']],
    ['actor', row.actor_id, actor.id],
    ['target', row.targets.join(), Array.isArray(entry['targets']) ? entry['targets'].join() : undefined],
    ['request', row.request_id, entry['requestId']],
  ];
  return pairs.find(([, column, content]) => column !== content)?.[0];
}
