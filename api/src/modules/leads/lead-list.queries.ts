import { Injectable } from '@nestjs/common';
import type { Lead } from '@threadline/contracts';
import { Cursors } from '../../platform/http';
import { readHead } from '../../platform/log';
import { Refusal } from '../../platform/refusal';
import type { ReadTx } from '../../platform/work';
import { LEAD_COLUMNS, type LeadRow, toLead } from './lead-rows';
import { type LeadOrder, orderOf } from './lead-order';
import { visibleTo } from '../reach';
import { inWorkspace } from './visible-to';

export interface LeadFilter {
  /** Found literally in name, address, company or phone, whatever the case and accents. */
  q?: string | null;
  status?: string;
  tag?: string | null;
  ownerId?: string;
}

export interface LeadListQuery extends LeadFilter {
  sort: LeadOrder;
  limit: number;
  cursor?: string;
}

export interface LeadPage {
  items: Lead[];
  nextCursor: string | null;
  asOf: number;
}

/** How far a search walks in the order of the list before it asks the index. */
const STRIDE = 2_000;
/** Up to so many matches are fetched by id; a text that fits more leads is common enough to be walked to. */
const MOST_MATCHES = 20_000;

interface PageRow extends LeadRow {
  sort_value: Date | string | number | null;
  /** The log's head, of the same snapshot. */
  as_of: string;
}

/** From where on: rows with a value come first, in either direction, then those without. */
interface Position {
  filled: boolean;
  value: string | number | null;
  id: string | null;
}

/** Among which leads the page is looked for: `reached` are those of somebody who does not see all. */
type Among = { kind: 'all' } | { kind: 'stride' } | { kind: 'reached' } | { kind: 'ids'; ids: string[] };

/** The list of leads: keyset pages in every order, filters, search. As quick at the thousandth page as at the first. */
@Injectable()
export class LeadListQueries {
  constructor(private readonly cursors: Cursors) {}

  /** @throws Refusal `invalid_cursor` */
  async list(tx: ReadTx, query: LeadListQuery): Promise<LeadPage> {
    const from = this.position(tx, query);
    const rows = await this.find(tx, query, from);
    const page = rows.slice(0, query.limit);
    const last = rows.length > query.limit ? page.at(-1) : undefined;
    return {
      items: page.map(toLead),
      nextCursor: last ? this.cursorAfter(tx, query, last) : null,
      asOf: rows[0] ? Number(rows[0].as_of) : await readHead(tx.query, tx.workspaceId),
    };
  }

  /**
   * A search first walks a bounded part of the list: that finds a page of what is common. What is rare is looked up in
   * the index; and the same for those who see only some of the leads. Neither depends on the planner's guess of how
   * common a text is, or how much somebody sees.
   */
  private async find(tx: ReadTx, query: LeadListQuery, from: Position): Promise<PageRow[]> {
    const searched = Boolean(query.q || query.tag);
    const narrow = tx.actor.scopes.leads !== 'all';
    if (!searched && !narrow) return this.collect(tx, query, from, { kind: 'all' });
    const near = await this.collect(tx, query, from, { kind: 'stride' });
    if (near.length > query.limit) return near;
    const ids = searched ? await this.matching(tx, query) : undefined;
    if (ids) return this.collect(tx, query, from, { kind: 'ids', ids });
    return this.collect(tx, query, from, { kind: narrow ? 'reached' : 'all' });
  }

  /** Ids from the index; undefined when it has no key for such a text, or too many leads have it. */
  private async matching(tx: ReadTx, { q, tag }: LeadFilter): Promise<string[] | undefined> {
    const [found] = await tx.query<{ ids: string[] | null }>('SELECT leads_matching($1, $2, $3) AS ids', [
      q || null,
      tag || null,
      MOST_MATCHES + 1,
    ]);
    const ids = found?.ids ?? undefined;
    return ids && ids.length <= MOST_MATCHES ? ids : undefined;
  }

  private async collect(tx: ReadTx, query: LeadListQuery, from: Position, among: Among): Promise<PageRow[]> {
    const wanted = query.limit + 1;
    const { nullable } = orderOf(query.sort);
    const rows = from.filled ? await this.part(tx, query, from, among, wanted) : [];
    if (!nullable || rows.length >= wanted) return rows;
    const empty: Position = from.filled ? { filled: false, value: null, id: null } : from;
    return [...rows, ...(await this.part(tx, query, empty, among, wanted - rows.length))];
  }

  /** `limit` stands in the text: a plan for whatever limit would count on a tenth of the table. */
  private part(tx: ReadTx, query: LeadListQuery, from: Position, among: Among, limit: number): Promise<PageRow[]> {
    const parameters: unknown[] = [];
    const { column, nullable, direction } = orderOf(query.sort);
    const visible = visibleTo(tx.actor, parameters);
    const within = [inWorkspace(tx, parameters)];
    if (nullable) within.push(`${column} IS ${from.filled ? 'NOT NULL' : 'NULL'}`);
    within.push(...after(from, query.sort, parameters));
    if (among.kind === 'ids') within.push(`l.id = ANY (${push(parameters, among.ids)}::uuid[])`);
    const reached = among.kind === 'reached' ? visible.leadIds() : null;
    const filters = filtersOf(query, parameters);
    if (reached) within.push(`l.id = ANY (ARRAY(${reached}))`);
    else if (tx.actor.scopes.leads !== 'all') filters.push(visible.lead('l'));
    const order = from.filled ? `${column} ${direction}, l.id ${direction}` : `l.id ${direction}`;
    // One table, no join: whatever the planner thinks of a workspace that has just grown, it can only walk it once.
    const leads =
      among.kind === 'stride'
        ? `(SELECT * FROM leads l WHERE ${within.join(' AND ')} ORDER BY ${order} LIMIT ${STRIDE}) l
            WHERE ${['true', ...filters].join(' AND ')}`
        : `leads l WHERE ${[...within, ...filters].join(' AND ')}`;
    const asOf = `(SELECT seq FROM workspace_heads WHERE workspace_id = ${push(parameters, tx.workspaceId)})`;
    return tx.query<PageRow>(
      `SELECT ${LEAD_COLUMNS}, ${column} AS sort_value, ${asOf} AS as_of
         FROM ${leads} ORDER BY ${order} LIMIT ${limit}`,
      parameters,
    );
  }

  private position(tx: ReadTx, { sort, cursor }: LeadListQuery): Position {
    if (cursor === undefined) return { filled: true, value: null, id: null };
    const [value, id] = this.cursors.open(tx.workspaceId, `leads:${sort}`, cursor);
    if (typeof id !== 'string' || value === undefined) throw new Refusal('invalid_cursor');
    return { filled: value !== null, value, id };
  }

  private cursorAfter(tx: ReadTx, { sort }: LeadListQuery, { sort_value, id }: PageRow): string {
    const value = sort_value instanceof Date ? sort_value.toISOString() : sort_value;
    return this.cursors.seal(tx.workspaceId, `leads:${sort}`, [value, id]);
  }
}

function push(parameters: unknown[], value: unknown): string {
  return `$${parameters.push(value)}`;
}

/** The condition for what comes after a position. */
function after(from: Position, sort: LeadOrder, parameters: unknown[]): string[] {
  if (from.id === null) return [];
  const { column, type, direction } = orderOf(sort);
  const beyond = direction === 'ASC' ? '>' : '<';
  if (!from.filled) return [`l.id ${beyond} ${push(parameters, from.id)}`];
  const value = push(parameters, from.value);
  return [`(${column}, l.id) ${beyond} (${value}::${type}, ${push(parameters, from.id)}::uuid)`];
}

function filtersOf({ q, status, tag, ownerId }: LeadFilter, parameters: unknown[]): string[] {
  return [
    ...(status === undefined ? [] : [`l.status = ${push(parameters, status)}`]),
    ...(ownerId === undefined ? [] : [`l.owner_id = ${push(parameters, ownerId)}`]),
    ...(q ? [`l.search LIKE search_pattern(${push(parameters, q)})`] : []),
    ...(tag ? [`l.tag_keys @> ARRAY[search_text(${push(parameters, tag)})]`] : []),
  ];
}
