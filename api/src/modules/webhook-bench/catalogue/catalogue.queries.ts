import { Injectable } from '@nestjs/common';
import {
  type CatalogueDetail,
  type CatalogueEntry,
  type Envelope,
  eventDataSchema,
  eventSchemas,
  type EventType,
  WEBHOOK_EVENT_TYPES,
} from '@threadline/contracts';
import { type EventRow, readHead, toEnvelope } from '../../../platform/log';
import { Refusal } from '../../../platform/refusal';
import type { ReadTx } from '../../../platform/work';
import { ReachesQueries } from '../../reach';
import { visibleEvents } from '../../webhooks';
import { exampleEvent } from './example.rules';

/** How far back a sample is looked for, in events. */
const STRETCH = 20_000;
/** How many of a type are looked at until one is found that the reader may see. */
const MOST_TRIED = 20;

/** What there is to be told of by webhook. */
@Injectable()
export class CatalogueQueries {
  constructor(private readonly reaches: ReachesQueries) {}

  /** Every type that endpoints can ask for. */
  list(): CatalogueEntry[] {
    return WEBHOOK_EVENT_TYPES.map(entryOf);
  }

  /** One type with its schema and a sample. @throws Refusal `not_found` */
  async one(tx: ReadTx, name: string): Promise<CatalogueDetail> {
    const type = WEBHOOK_EVENT_TYPES.find((each) => each === name);
    if (!type) throw new Refusal('not_found');
    const newest = await this.newest(tx, type);
    return {
      ...entryOf(type),
      schema: eventDataSchema(type),
      sample: newest ?? exampleEvent(type, tx.workspaceId),
      own: newest !== undefined,
    };
  }

  private async newest(tx: ReadTx, type: EventType): Promise<Envelope | undefined> {
    const head = await readHead(tx.query, tx.workspaceId);
    const rows = await tx.query<EventRow>(
      `SELECT workspace_id, seq, id, type, occurred_at, actor_type, actor_id, subject_type, subject_id, about, data
         FROM events WHERE workspace_id = $1 AND type = $2 AND seq > $3 ORDER BY seq DESC LIMIT ${MOST_TRIED}`,
      [tx.workspaceId, type, head - STRETCH],
    );
    return (await visibleEvents(this.reaches, tx, rows.map(toEnvelope)))[0];
  }
}

function entryOf(type: EventType): CatalogueEntry {
  return { type, group: type.split('.')[0] ?? type, description: eventSchemas().events[type].description };
}
