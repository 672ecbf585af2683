import { Injectable } from '@nestjs/common';
import {
  type EventType,
  MOST_WEBHOOKS,
  type Webhook,
  type WebhookField,
  type WebhookFilter,
  type WebhookKind,
} from '@threadline/contracts';
import { v7 } from 'uuid';
import { type Actor, memberBehind } from '../../../platform/access';
import { readHead } from '../../../platform/log';
import { Refusal } from '../../../platform/refusal';
import { type SealedColumn, SecretBox } from '../../../platform/secrets';
import type { Tx } from '../../../platform/work';
import { WebhookSecrets } from '../signing';
import { about, EndpointStates } from './endpoint-states.service';
import { filterErrors } from './filter.rules';
import { headerErrors, lowerCased } from './header.rules';
import { WebhooksQueries } from './webhooks.queries';

/** What can be set of an endpoint. */
export interface WebhookSettings {
  url: string;
  eventTypes: readonly EventType[];
  description?: string | null;
  filters?: readonly WebhookFilter[];
  headers?: Readonly<Record<string, string>>;
  ordered?: boolean;
  asymmetric?: boolean;
  enabled?: boolean;
}
export interface NewWebhook extends WebhookSettings {
  kind?: WebhookKind;
}

const aboutHeaders = (id: string) => `webhook headers:${id}`;

/** The values of endpoints' own headers, for the rotation of APP_SECRET. */
export const SEALED_WEBHOOK_HEADERS: SealedColumn = {
  table: 'webhooks',
  column: 'headers',
  key: ['workspace_id', 'id'],
  about: (row) => aboutHeaders(row['id'] ?? ''),
};

/** Whoever changes one of these decides what leaves and where to: from then on it leaves with their rights. */
const DECIDING: readonly WebhookField[] = ['url', 'eventTypes', 'filters'];

/** Making, changing and taking out endpoints. Their addresses are checked before the unit of work. */
@Injectable()
export class Webhooks {
  constructor(
    private readonly queries: WebhooksQueries,
    private readonly secrets: WebhookSecrets,
    private readonly states: EndpointStates,
    private readonly box: SecretBox,
  ) {}

  /**
   * A new endpoint of the acting member. Event `webhook.created`. Its secret goes to `show` and nowhere else.
   * @throws Refusal `invalid_input`; `quota_reached` for the 51st
   */
  async create(tx: Tx, wanted: NewWebhook, show: (secret: string) => void): Promise<Webhook> {
    refuseWrong(wanted);
    const maker = memberBehind(tx.actor);
    const since = await readHead(tx.query, tx.workspaceId);
    await this.refuseTooMany(tx);
    const id = v7();
    const headers = lowerCased(wanted.headers ?? {});
    const disabledAt = wanted.enabled === false ? tx.now : null;
    await tx.query(
      `INSERT INTO webhooks (workspace_id, id, kind, url, description, event_types, filters, header_names, headers,
                             ordered, signs_asymmetric, maker_id, granted, since_seq, disabled_at, disabled_reason, created_at, updated_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $17)`,
      [
        tx.workspaceId,
        id,
        wanted.kind ?? 'standard',
        wanted.url,
        wanted.description ?? null,
        wanted.eventTypes,
        JSON.stringify(wanted.filters ?? []),
        Object.keys(headers),
        this.seal(id, headers),
        wanted.ordered ?? false,
        wanted.asymmetric ?? false,
        maker,
        grantedBy(tx.actor),
        since,
        disabledAt,
        disabledAt ? 'switched_off' : null,
        tx.now,
      ],
    );
    show(await this.secrets.make(tx, id));
    const webhook = await this.queries.one(tx, id);
    tx.append({ type: 'webhook.created', ...about(webhook), data: { webhook } });
    return webhook;
  }

  /**
   * Changes the given settings and leaves the others. Events `webhook.updated`, `webhook.enabled`, `webhook.disabled`.
   * @throws Refusal `not_found`, `invalid_input`
   */
  async change(tx: Tx, id: string, wanted: Partial<WebhookSettings>): Promise<Webhook> {
    refuseWrong(wanted);
    const before = await this.locked(tx, id);
    const changed = changesOf(before, wanted);
    if (changed.some((field) => DECIDING.includes(field))) changed.push(...(await this.takeOver(tx, before)));
    if (changed.length > 0) {
      await this.write(tx, before, wanted);
      const webhook = await this.queries.one(tx, id);
      tx.append({ type: 'webhook.updated', ...about(webhook), data: { webhook, changed }, before: beforeOf(before) });
    }
    if (wanted.enabled === true && !before.enabled) await this.enable(tx, before);
    if (wanted.enabled === false) await this.states.disable(tx, id, 'switched_off');
    return this.queries.one(tx, id);
  }

  /** Takes an endpoint out, with its deliveries. Event `webhook.deleted`. @throws Refusal `not_found` */
  async delete(tx: Tx, id: string): Promise<void> {
    const webhook = await this.locked(tx, id);
    await tx.query('DELETE FROM webhooks WHERE id = $1', [id]);
    tx.append({ type: 'webhook.deleted', ...about(webhook), data: { webhookId: id, url: webhook.url } });
  }

  /**
   * A new secret, given to `show`; the one before it signs too for 24 hours. Event `webhook.secret_rotated`.
   * @throws Refusal `not_found`; `quota_reached` while ten replaced secrets sign
   */
  async rotate(
    tx: Tx,
    id: string,
    show: (secret: string) => void,
  ): Promise<{ oldUntil: string; publicKey: string | null }> {
    const before = await this.locked(tx, id);
    const { secret, oldUntil } = await this.secrets.rotate(tx, id);
    show(secret);
    const data = { webhookId: id, url: before.url, oldUntil: oldUntil.toISOString() };
    tx.append({ type: 'webhook.secret_rotated', ...about(before), data });
    return { oldUntil: data.oldUntil, publicKey: (await this.queries.one(tx, id)).publicKey };
  }

  /** The values of an endpoint's own headers, from the sealed column. */
  openHeaders(id: string, sealed: string | null): Record<string, string> {
    return sealed === null ? {} : (JSON.parse(this.box.open(sealed, aboutHeaders(id))) as Record<string, string>);
  }

  /** Ends the deliveries to all endpoints of somebody who has left. */
  async disableAllOf(tx: Tx, userId: string): Promise<void> {
    const theirs = await tx.query<{ id: string }>(
      'SELECT id FROM webhooks WHERE maker_id = $1 ORDER BY id FOR UPDATE',
      [userId],
    );
    for (const { id } of theirs) await this.states.disable(tx, id, 'maker_left');
  }

  private async enable(tx: Tx, before: Webhook): Promise<void> {
    await this.takeOver(tx, before);
    await tx.query(
      `UPDATE webhooks SET disabled_at = NULL, disabled_reason = NULL, failing_since = NULL, told_failing_at = NULL,
              since_seq = $2, updated_at = $3 WHERE id = $1`,
      [before.id, await readHead(tx.query, tx.workspaceId), tx.now],
    );
    const webhook = await this.queries.one(tx, before.id);
    tx.append({ type: 'webhook.enabled', ...about(webhook), data: { webhook }, before: { enabled: false } });
  }

  private async write(tx: Tx, before: Webhook, wanted: Partial<WebhookSettings>): Promise<void> {
    const headers = wanted.headers && lowerCased(wanted.headers);
    await tx.query(
      `UPDATE webhooks SET url = $2, description = $3, event_types = $4, filters = $5, header_names = $6,
              headers = CASE WHEN $7 THEN $8 ELSE headers END, ordered = $9, signs_asymmetric = $10, updated_at = $11
        WHERE id = $1`,
      [
        before.id,
        wanted.url ?? before.url,
        wanted.description === undefined ? before.description : wanted.description,
        wanted.eventTypes ?? before.eventTypes,
        JSON.stringify(wanted.filters ?? before.filters),
        headers ? Object.keys(headers) : before.headerNames,
        headers !== undefined,
        headers ? this.seal(before.id, headers) : null,
        wanted.ordered ?? before.ordered,
        wanted.asymmetric ?? before.asymmetric,
        tx.now,
      ],
    );
  }

  /** From now on it delivers with the rights of who acts. Answers the field that changed by it. */
  private async takeOver(tx: Tx, { id, maker }: Webhook): Promise<WebhookField[]> {
    const by = memberBehind(tx.actor);
    await tx.query('UPDATE webhooks SET maker_id = $2, granted = $3 WHERE id = $1', [id, by, grantedBy(tx.actor)]);
    return by === maker.id ? [] : ['maker'];
  }

  private seal(id: string, headers: Readonly<Record<string, string>>): string | null {
    return Object.keys(headers).length === 0 ? null : this.box.seal(JSON.stringify(headers), aboutHeaders(id));
  }

  private async locked(tx: Tx, id: string): Promise<Webhook> {
    await tx.query('SELECT id FROM webhooks WHERE id = $1 FOR UPDATE', [id]);
    return this.queries.one(tx, id);
  }

  private async refuseTooMany(tx: Tx): Promise<void> {
    // One at a time in a workspace, so that two at once do not both find room for the last.
    await tx.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 95))', [tx.workspaceId]);
    const [counted] = await tx.query<{ all: number }>('SELECT count(*)::int AS all FROM webhooks');
    if ((counted?.all ?? 0) < MOST_WEBHOOKS) return;
    throw new Refusal('quota_reached', { detail: `A workspace has ${MOST_WEBHOOKS} webhooks at most.` });
  }
}

/** What an API key may do bounds what its endpoints get; a person's own rights are asked at the time of each event. */
function grantedBy({ credential, permissions }: Actor): string[] | null {
  return credential?.kind === 'api_key' ? [...permissions] : null;
}

function refuseWrong({ filters = [], headers = {} }: Partial<WebhookSettings>): void {
  const errors = [...filterErrors(filters), ...headerErrors(headers)];
  if (errors.length > 0) throw new Refusal('invalid_input', { errors });
}

function changesOf(before: Webhook, wanted: Partial<WebhookSettings>): WebhookField[] {
  const fields = ['url', 'description', 'eventTypes', 'filters', 'ordered', 'asymmetric'] as const;
  const changed: WebhookField[] = fields.filter(
    (field) => wanted[field] !== undefined && JSON.stringify(wanted[field]) !== JSON.stringify(before[field]),
  );
  return wanted.headers ? [...changed, 'headers'] : changed;
}

function beforeOf({ kind, url, eventTypes, filters, headerNames, ordered, asymmetric, maker }: Webhook) {
  return { kind, url, eventTypes, filters, headerNames, ordered, asymmetric, maker: maker.id };
}
