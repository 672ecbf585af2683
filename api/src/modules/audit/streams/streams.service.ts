import { X509Certificate } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { type AuditStream, type AuditStreamKind, ref } from '@threadline/contracts';
import { v7 } from 'uuid';
import { memberBehind } from '../../../platform/access';
import { Refusal } from '../../../platform/refusal';
import { SecretBox } from '../../../platform/secrets';
import type { Tx } from '../../../platform/work';
import { AuditQueries } from '../audit.queries';
import { newSecret } from './stream-signature.rules';
import { sealedAbout, settingsOf, type StreamRow, StreamsQueries } from './streams.queries';

/** Streams that a workspace can have. */
const MOST = 10;

/** Where a stream goes, whatever its kind. */
export interface Place {
  url: string | null;
  host: string | null;
  port: number | null;
  tls: boolean;
  certificate: string | null;
}

export interface NewStream extends Place {
  name: string;
  kind: AuditStreamKind;
  entries: boolean;
  checkpoints: boolean;
  from: 'now' | 'beginning';
}

export type StreamChange = Partial<Omit<NewStream, 'kind' | 'from'>> & { state?: 'active' | 'paused' };

/** Setting up where entries and checkpoints go by themselves. */
@Injectable()
export class AuditStreams {
  constructor(
    private readonly queries: StreamsQueries,
    private readonly log: AuditQueries,
    private readonly secrets: SecretBox,
  ) {}

  /**
   * A new stream; the secret of a webhook goes to `show` and nowhere else. Event `audit_stream.created`.
   * @throws Refusal `invalid_input`, `wrong_state` with ten streams
   */
  async create(tx: Tx, wanted: NewStream, show: (secret: string) => void): Promise<AuditStream> {
    refuseUnfit(wanted);
    const there = await this.queries.list(tx);
    if (there.length >= MOST) throw new Refusal('wrong_state', { detail: `A workspace can have ${MOST} streams.` });
    const id = v7();
    const { size } = await this.log.head(tx);
    const secret = wanted.kind === 'webhook' ? newSecret() : null;
    const begin = wanted.from === 'now' ? size : 0;
    const { name, kind, url, host, port, tls, certificate, entries, checkpoints } = wanted;
    await tx.query(
      `INSERT INTO audit_streams (workspace_id, id, name, kind, url, host, port, tls, certificate, secret, entries,
                                  checkpoints, created_by, created_at, position, checkpoint_position, next_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $15, $14)`,
      [
        ...[tx.workspaceId, id, name, kind, url, host, port, tls, certificate],
        ...[secret && this.secrets.seal(secret, sealedAbout(id)), entries, checkpoints, memberBehind(tx.actor)],
        ...[tx.now, begin],
      ],
    );
    const row = await this.queries.row(tx, id);
    tx.append({ type: 'audit_stream.created', ...about(id), data: { stream: settingsOf(row) } });
    if (secret) show(secret);
    return this.queries.one(tx, id);
  }

  /**
   * Changes what is given. A stream that is made active again goes on where it stopped, at once. Event
   * `audit_stream.updated`. @throws Refusal `not_found`, `invalid_input`
   */
  async change(tx: Tx, id: string, change: StreamChange): Promise<AuditStream> {
    const row = await this.queries.row(tx, id, true);
    const next: StreamRow = { ...row, ...change };
    refuseUnfit(next);
    const moved = (
      ['name', 'url', 'host', 'port', 'tls', 'certificate', 'entries', 'checkpoints', 'state'] as const
    ).filter((field) => next[field] !== row[field]);
    if (moved.length === 0) return this.queries.one(tx, id);
    const again = change.state === 'active' || moved.some((field) => WHERE.has(field));
    await tx.query(
      `UPDATE audit_streams SET name = $2, url = $3, host = $4, port = $5, tls = $6, certificate = $7, entries = $8,
              checkpoints = $9, state = $10, failures = CASE WHEN $11 THEN 0 ELSE failures END,
              failing_since = CASE WHEN $11 THEN NULL ELSE failing_since END,
              next_at = CASE WHEN $11 THEN $12 ELSE next_at END
        WHERE id = $1`,
      [
        ...[id, next.name, next.url, next.host, next.port, next.tls, next.certificate, next.entries],
        ...[next.checkpoints, next.state, again, tx.now],
      ],
    );
    tx.append({
      type: 'audit_stream.updated',
      ...about(id),
      data: { stream: settingsOf(next) },
      before: Object.fromEntries(moved.filter((field) => field !== 'certificate').map((field) => [field, row[field]])),
    });
    return this.queries.one(tx, id);
  }

  /** Ends a stream. Event `audit_stream.deleted`. @throws Refusal `not_found` */
  async delete(tx: Tx, id: string): Promise<void> {
    const { name } = await this.queries.row(tx, id, true);
    await tx.query('UPDATE audit_streams SET deleted_at = $2, secret = NULL, certificate = NULL WHERE id = $1', [
      id,
      tx.now,
    ]);
    tx.append({ type: 'audit_stream.deleted', ...about(id), data: { streamId: id, name } });
  }

  /** A new secret of a webhook; the old one signs nothing more. @throws Refusal `not_found`, `wrong_state` */
  async rotateSecret(tx: Tx, id: string, show: (secret: string) => void): Promise<void> {
    const row = await this.queries.row(tx, id, true);
    if (row.kind !== 'webhook') throw new Refusal('wrong_state', { detail: 'Only webhooks have a secret.' });
    const secret = newSecret();
    await tx.query('UPDATE audit_streams SET secret = $2 WHERE id = $1', [
      id,
      this.secrets.seal(secret, sealedAbout(id)),
    ]);
    tx.note({ action: 'audit_stream.secret_rotated', outcome: 'allowed', targets: [ref('audit_stream', id)] });
    show(secret);
  }

  /** A test was sent; when it arrived, a stream that waits for its next try need not wait any longer. */
  async tested(tx: Tx, id: string, error: string | null): Promise<void> {
    await this.queries.row(tx, id);
    if (error === null) {
      await tx.query('UPDATE audit_streams SET next_at = $2 WHERE id = $1 AND failures > 0', [id, tx.now]);
    }
    tx.note({
      action: 'audit_stream.tested',
      outcome: error === null ? 'allowed' : 'failed',
      targets: [ref('audit_stream', id)],
      ...(error === null ? {} : { reason: error }),
    });
  }
}

const WHERE: ReadonlySet<string> = new Set(['url', 'host', 'port', 'tls', 'certificate']);

function about(id: string) {
  return { subject: { type: 'audit_stream' as const, id }, about: [ref('audit_stream', id)] };
}

function refuseUnfit(stream: Place & { kind: AuditStreamKind; entries: boolean; checkpoints: boolean }): void {
  const { kind, url, host, port, certificate, entries, checkpoints } = stream;
  const errors: { path: string; message: string }[] = [];
  const webhook = kind === 'webhook';
  if (webhook && url === null) errors.push({ path: 'url', message: 'a webhook needs an address' });
  if (!webhook && host === null) errors.push({ path: 'host', message: 'syslog needs a host' });
  if (!webhook && port === null) errors.push({ path: 'port', message: 'syslog needs a port' });
  if (webhook && (host !== null || port !== null || certificate !== null)) {
    errors.push({ path: 'host', message: 'a webhook has an address only' });
  }
  if (!webhook && url !== null) errors.push({ path: 'url', message: 'syslog has a host and a port' });
  if (certificate !== null && !isCertificate(certificate)) {
    errors.push({ path: 'certificate', message: 'must be a certificate in PEM' });
  }
  if (!entries && !checkpoints) errors.push({ path: 'entries', message: 'choose entries, checkpoints, or both' });
  if (errors.length > 0) throw new Refusal('invalid_input', { errors });
}

function isCertificate(pem: string): boolean {
  try {
    return new X509Certificate(pem).fingerprint256.length > 0;
  } catch {
    return false;
  }
}
