import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { type ProviderConnection, ref } from '@threadline/contracts';
import { v7 } from 'uuid';
import { Refusal } from '../../../platform/refusal';
import { SecretBox } from '../../../platform/secrets';
import type { Tx } from '../../../platform/work';
import type { ProviderConnectionChangeDto, NewProviderConnectionDto } from './connections.dto';
import { ConnectionsQueries, sealedAbout } from './connections.queries';
import { problemsWith, settingsWith } from './connection-settings';

/** Commands on the accounts of providers that may call us. */
@Injectable()
export class Connections {
  constructor(
    private readonly queries: ConnectionsQueries,
    private readonly secrets: SecretBox,
  ) {}

  /** Adds a connection with an address of its own. Event `provider_connection.created`. @throws Refusal `invalid_input` */
  async create(tx: Tx, { provider, name, settings: given }: NewProviderConnectionDto): Promise<ProviderConnection> {
    refuse(problemsWith(provider, given, true));
    const id = v7();
    const settings = settingsWith(provider === 'meta' ? { verifyToken: unguessable(18) } : {}, given);
    await tx.query(
      `INSERT INTO provider_connections (workspace_id, id, provider, name, token, settings, secret, created_at, updated_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $8)`,
      [
        tx.workspaceId,
        id,
        provider,
        name,
        unguessable(32),
        JSON.stringify(settings),
        this.sealed(id, given.secret),
        tx.now,
      ],
    );
    tx.append({ type: 'provider_connection.created', ...about(id), data: { connectionId: id, provider, name } });
    return this.queries.one(tx, id);
  }

  /**
   * Changes the given fields and leaves the others; the address stays. Event `provider_connection.updated`, none when
   * nothing changes.
   * @throws Refusal `not_found`, `invalid_input`
   */
  async change(
    tx: Tx,
    id: string,
    { name, settings: given = {} }: ProviderConnectionChangeDto,
  ): Promise<ProviderConnection> {
    const before = await this.queries.one(tx, id);
    const { provider } = before;
    refuse(problemsWith(provider, given, false));
    const settings = settingsWith(before.settings, given);
    const changed = [
      ...(name !== undefined && name !== before.name ? ['name'] : []),
      ...(['verificationKey', 'topicArn'] as const).filter((field) => settings[field] !== before.settings[field]),
      ...(given.secret === undefined ? [] : ['secret']),
    ];
    if (changed.length === 0) return before;
    await tx.query(
      `UPDATE provider_connections SET name = $2, settings = $3, secret = coalesce($4, secret), updated_at = $5 WHERE id = $1`,
      [id, name ?? before.name, JSON.stringify(settings), this.sealed(id, given.secret), tx.now],
    );
    tx.append({
      type: 'provider_connection.updated',
      ...about(id),
      data: { connectionId: id, provider, name: name ?? before.name, changed },
      before: { name: before.name },
    });
    return this.queries.one(tx, id);
  }

  /** Removes a connection with all that came in by it; its address is nobody's then. Event `provider_connection.deleted`. */
  async delete(tx: Tx, id: string): Promise<void> {
    const { provider, name } = await this.queries.one(tx, id);
    await tx.query('DELETE FROM provider_connections WHERE id = $1', [id]);
    tx.append({ type: 'provider_connection.deleted', ...about(id), data: { connectionId: id, provider, name } });
  }

  private sealed(id: string, secret: string | undefined): string | null {
    return secret === undefined ? null : this.secrets.seal(secret, sealedAbout(id));
  }
}

function refuse(errors: { path: string; message: string }[]): void {
  if (errors.length > 0) throw new Refusal('invalid_input', { errors });
}

function unguessable(bytes: number): string {
  return randomBytes(bytes).toString('base64url');
}

function about(id: string) {
  return { subject: { type: 'provider_connection' as const, id }, about: [ref('provider_connection', id)] };
}
