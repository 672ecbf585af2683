import { Injectable } from '@nestjs/common';
import pg from 'pg';
import { Config } from '../../../platform/config';
import { loginsOf } from '../../../platform/database';
import type { RawHit } from '../hit';

/** Longest a batch may take before its hits go to the spool instead, in ms. */
const PATIENCE = 1_000;

/** The database took longer than a reader should wait. Whether the hits are stored is not known; their ids tell later. */
export class StoreTooSlow extends Error {}

const INSERT = `
  INSERT INTO tracking_hits (id, at, kind, tracking_id, method, user_agent, address_prefix, network, signs, link_index, link)
  SELECT id, to_timestamp(at / 1000.0), kind, tracking_id, method, user_agent, address_prefix, network, signs, link_index, link
    FROM unnest($1::uuid[], $2::float8[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[],
                $9::smallint[], $10::int[], $11::text[])
      AS hit (id, at, kind, tracking_id, method, user_agent, address_prefix, network, signs, link_index, link)
  ON CONFLICT DO NOTHING`;

/**
 * Writes raw hits, many in one statement, over a connection of its own: hits wait for nothing that people do, and
 * people not for hits. As the role that serves people, which may insert here and not even read.
 */
@Injectable()
export class HitStore {
  private client: Promise<pg.Client> | undefined;

  constructor(private readonly config: Config) {}

  /** Stores hits; those that are there already stay as they are. @throws StoreTooSlow, or what the database says. */
  async insert(hits: readonly RawHit[]): Promise<void> {
    await this.bounded(async (client) => {
      await client.query({ name: 'tracking_hits_insert', text: INSERT, values: columnsOf(hits) });
    });
  }

  /** Whether the database answers. */
  async answers(): Promise<boolean> {
    try {
      await this.bounded((client) => client.query('SELECT 1'));
      return true;
    } catch {
      // Away or slow, either is the answer.
      return false;
    }
  }

  /** Lets the connection go; another batch would make a new one. */
  async close(): Promise<void> {
    const { client } = this;
    this.client = undefined;
    await (await client?.catch(() => undefined))?.end();
  }

  private async bounded(work: (client: pg.Client) => Promise<unknown>): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    const patience = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(new StoreTooSlow('The database is too slow')), PATIENCE);
    });
    const client = this.connection();
    try {
      await Promise.race([client.then(work), patience]);
    } catch (error) {
      this.drop(client);
      throw error;
    } finally {
      clearTimeout(timer);
    }
  }

  private connection(): Promise<pg.Client> {
    this.client ??= this.connect();
    return this.client;
  }

  private async connect(): Promise<pg.Client> {
    const client = new pg.Client({
      connectionString: loginsOf(this.config).app.url,
      connectionTimeoutMillis: PATIENCE,
      application_name: 'threadline-hits',
      keepAlive: true,
    });
    // A connection that is lost while idle; the next batch finds it gone and makes another.
    client.on('error', () => this.drop(this.client));
    await client.connect();
    return client;
  }

  /** A connection that has failed or hangs is not used again, and nobody waits for its farewell. */
  private drop(client: Promise<pg.Client> | undefined): void {
    if (this.client === client) this.client = undefined;
    void client?.then(
      (one) => one.end().catch(() => undefined),
      () => undefined,
    );
  }
}

/** Array literals made here: the driver's own way of writing arrays costs several times as much per value. */
function columnsOf(hits: readonly RawHit[]): string[] {
  return [
    plain(hits, (hit) => hit.id),
    plain(hits, (hit) => hit.at),
    plain(hits, (hit) => hit.kind),
    plain(hits, (hit) => hit.trackingId),
    quoted(hits, (hit) => hit.method),
    quoted(hits, (hit) => hit.userAgent),
    quoted(hits, (hit) => hit.addressPrefix),
    quoted(hits, (hit) => hit.network),
    plain(hits, (hit) => hit.signs),
    plain(hits, (hit) => hit.linkIndex ?? 'NULL'),
    quoted(hits, (hit) => hit.link),
  ];
}

function plain(hits: readonly RawHit[], value: (hit: RawHit) => string | number): string {
  let text = '{';
  for (const hit of hits) text += text === '{' ? value(hit) : `,${value(hit)}`;
  return `${text}}`;
}

function quoted(hits: readonly RawHit[], value: (hit: RawHit) => string | null): string {
  let text = '{';
  for (const hit of hits) {
    const one = value(hit);
    if (text !== '{') text += ',';
    text += one === null ? 'NULL' : `"${NEEDS_ESCAPE.test(one) ? one.replace(/["\\]/g, '\\$&') : one}"`;
  }
  return `${text}}`;
}

const NEEDS_ESCAPE = /["\\]/;
