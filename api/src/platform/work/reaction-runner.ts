import { Injectable, Logger, type OnApplicationBootstrap, type BeforeApplicationShutdown } from '@nestjs/common';
import { DiscoveryService } from '@nestjs/core';
import type { EventType } from '@threadline/contracts';
import type { Subscription } from 'rxjs';
import { Config } from '../config';
import { SystemDatabase } from '../database';
import { type Growth, LogRelay } from '../relay';
import { ReactionCursor } from './reaction-cursor';
import { Reaction, type ReactsTo } from './reaction';
import { Settling } from './settling';
import { Turns } from './turns';

/**
 * So long events are gathered before reactions take them, in ms: each step is a transaction, and at 200 commits a second
 * one for each of them slowed the commits and the screens. Screens do not wait for it, the relay serves them at once.
 */
const GATHER_MS = 25;
/** The belt: how often lagging cursors are looked for, in ms. */
const SWEEP_MS = 1_000;

interface Named {
  name: string;
  reaction: ReactsTo;
}

/** Finds all reactions at boot and keeps their cursors at the head of every workspace's log. */
@Injectable()
export class ReactionRunner implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private reactions: Named[] = [];
  private readonly turns = new Turns();
  private readonly log = new Logger('reactions');
  private readonly running = new Set<Promise<unknown>>();
  private wakes?: Subscription;
  /** What has come in for each workspace since its reactions last began; null for anything. */
  private readonly gathered = new Map<string, Set<EventType> | null>();
  /** Those that wait for their turn already, and will see what comes until then. */
  private readonly queued = new Set<string>();
  private gathering?: NodeJS.Timeout;
  private timer?: NodeJS.Timeout;
  private stopped = false;

  constructor(
    private readonly discovery: DiscoveryService,
    private readonly relay: LogRelay,
    private readonly cursor: ReactionCursor,
    private readonly database: SystemDatabase,
    private readonly config: Config,
    settling: Settling,
  ) {
    settling.register('reactions', () => this.catchUp());
  }

  onApplicationBootstrap(): void {
    this.reactions = this.discovery.getProviders({ metadataKey: Reaction.KEY }).map((wrapper) => ({
      name: this.discovery.getMetadataByDecorator(Reaction, wrapper) ?? wrapper.name,
      reaction: wrapper.instance as ReactsTo,
    }));
    if (!this.config.roles.has('worker')) return;
    this.wakes = this.relay.moved$.subscribe((growth) => this.gather(growth));
    this.timer = setInterval(() => void this.sweep(), SWEEP_MS);
    this.timer.unref();
  }

  /** Before the pools end, which happens at shutdown. */
  async beforeApplicationShutdown(): Promise<void> {
    this.stopped = true;
    this.wakes?.unsubscribe();
    clearInterval(this.timer);
    clearTimeout(this.gathering);
    await Promise.allSettled(this.running);
  }

  /** Reactions and how far each is behind, over all workspaces: lag = head − cursor. */
  async lag(): Promise<{ reaction: string; lag: number; poisoned: number }[]> {
    const rows = await this.database.query<{ reaction: string; lag: string; poisoned: string }>(
      `SELECT r.reaction, coalesce(sum(h.seq - coalesce(c.seq, 0)), 0) AS lag,
              (SELECT count(*) FROM poisoned_events p WHERE p.reaction = r.reaction) AS poisoned
         FROM unnest($1::text[]) AS r (reaction)
         LEFT JOIN workspace_heads h ON true
         LEFT JOIN reaction_cursors c ON c.workspace_id = h.workspace_id AND c.reaction = r.reaction
        GROUP BY r.reaction ORDER BY r.reaction`,
      [this.reactions.map(({ name }) => name)],
    );
    return rows.map((row) => ({ reaction: row.reaction, lag: Number(row.lag), poisoned: Number(row.poisoned) }));
  }

  /** Brings every lagging cursor to its head; answers whether any lagged. */
  async catchUp(): Promise<boolean> {
    const lagging = await this.lagging();
    for (const { name, workspaceId } of lagging) {
      const one = this.reactions.find((reaction) => reaction.name === name);
      if (one) await this.advance(one, workspaceId);
    }
    return lagging.length > 0;
  }

  private gather({ workspaceId, types }: Growth): void {
    const known = this.gathered.get(workspaceId);
    if (types === null || known === null) this.gathered.set(workspaceId, null);
    else this.gathered.set(workspaceId, new Set([...(known ?? []), ...types]));
    this.gathering ??= setTimeout(() => this.beginGathered(), GATHER_MS);
  }

  /** Begins what has something to do; the other cursors are brought up by the sweep, many events at a time. */
  private beginGathered(): void {
    this.gathering = undefined;
    const gathered = [...this.gathered];
    this.gathered.clear();
    for (const [workspaceId, types] of gathered) {
      for (const one of this.reactions) {
        if (types === null || one.reaction.handles.some((type) => types.has(type))) this.begin(one, workspaceId);
      }
    }
  }

  private begin(one: Named, workspaceId: string): void {
    const key = turnOf(one, workspaceId);
    if (this.queued.has(key)) return;
    this.queued.add(key);
    const work = this.advance(one, workspaceId)
      .catch((error: unknown) => this.log.error({ err: error, reaction: one.name, workspaceId }, 'a reaction stopped'))
      .finally(() => this.running.delete(work));
    this.running.add(work);
  }

  private async advance(one: Named, workspaceId: string): Promise<void> {
    const key = turnOf(one, workspaceId);
    const endTurn = await this.turns.take(key);
    this.queued.delete(key);
    try {
      while (!this.stopped && (await this.cursor.step(one.name, one.reaction, workspaceId)));
    } finally {
      endTurn();
    }
  }

  private async sweep(): Promise<void> {
    try {
      for (const { name, workspaceId } of await this.lagging()) {
        const one = this.reactions.find((reaction) => reaction.name === name);
        if (one) this.begin(one, workspaceId);
      }
    } catch (error) {
      this.log.warn(`lagging reactions could not be looked for: ${error instanceof Error ? error.message : 'unknown'}`);
    }
  }

  private async lagging(): Promise<{ name: string; workspaceId: string }[]> {
    const rows = await this.database.query<{ reaction: string; workspace_id: string }>(
      `SELECT r.reaction, h.workspace_id
         FROM workspace_heads h CROSS JOIN unnest($1::text[]) AS r (reaction)
         LEFT JOIN reaction_cursors c ON c.workspace_id = h.workspace_id AND c.reaction = r.reaction
        WHERE h.seq > coalesce(c.seq, 0) AND (c.retry_at IS NULL OR c.retry_at <= now())`,
      [this.reactions.map(({ name }) => name)],
    );
    return rows.map((row) => ({ name: row.reaction, workspaceId: row.workspace_id }));
  }
}

function turnOf({ name }: Named, workspaceId: string): string {
  return `${name}/${workspaceId}`;
}
