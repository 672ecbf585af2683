import { Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { HEARTBEAT_MS, type Presence, type Ref, ref } from '@threadline/contracts';
import type { Subscription } from 'rxjs';
import type { Actor } from '../../platform/access';
import { Clock } from '../../platform/clock';
import { type PeerNews, Peers } from './peers';
import type { Screen } from './screen';
import { SocketServer } from './socket.server';
import { rooms } from './socket.types';

/** Changes are gathered so long before they are told. Milliseconds. */
const GATHER_MS = 100;
/** A node that has said nothing for so long is gone (promise: presence is right within 45 s). */
const NODE_SILENT_MS = 3.5 * HEARTBEAT_MS;

/** A version that no telling follows. */
const MISSED = -2;

interface PeerBoard {
  version: number;
  seenAt: number;
  places: Map<string, Presence[]>;
}

/**
 * Who is where: in a workspace, and in a conversation of it. Best effort and never stored. Every node counts its own
 * screens, tells the others, and shows its own screens the sum.
 */
@Injectable()
export class PresenceBoard implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly own = new Map<string, Map<string, Presence>>();
  private readonly others = new Map<string, PeerBoard>();
  private readonly changed = new Set<string>();
  private version = 0;
  private gathering?: NodeJS.Timeout;
  private pulse?: NodeJS.Timeout;
  private news?: Subscription;

  constructor(
    private readonly peers: Peers,
    private readonly server: SocketServer,
    private readonly clock: Clock,
  ) {}

  onApplicationBootstrap(): void {
    if (!this.peers.any) return;
    this.peers.listen();
    this.news = this.peers.heard$.subscribe((news) => this.hear(news));
    this.peers.tell({ kind: 'ask', node: this.peers.node, whom: null });
    this.pulse = setInterval(() => this.beat(), HEARTBEAT_MS);
    this.pulse.unref();
  }

  onApplicationShutdown(): void {
    this.news?.unsubscribe();
    clearInterval(this.pulse);
    clearTimeout(this.gathering);
  }

  /** Tells the other nodes that this one's people are on their way to them. */
  goAway(): void {
    this.peers.tell({ kind: 'gone', node: this.peers.node });
  }

  /** A screen of this person is in the workspace, or in one of its conversations. */
  enter(actor: Actor, conversationId: string | null): void {
    const place = placeOf(actor.workspaceId, conversationId);
    const people = this.own.get(place) ?? new Map<string, Presence>();
    const screens = people.get(actor.id)?.screens ?? 0;
    people.set(actor.id, { userId: actor.id, name: actor.name ?? '', screens: screens + 1 });
    this.own.set(place, people);
    this.touch(place);
  }

  leave(actor: Actor, conversationId: string | null): void {
    const place = placeOf(actor.workspaceId, conversationId);
    const people = this.own.get(place);
    const presence = people?.get(actor.id);
    if (!people || !presence) return;
    if (presence.screens > 1) people.set(actor.id, { ...presence, screens: presence.screens - 1 });
    else people.delete(actor.id);
    if (people.size === 0) this.own.delete(place);
    this.touch(place);
  }

  /** Sends one screen who is there now. */
  show(screen: Screen, conversationId: string | null): void {
    screen.socket.emit('presence_updated', this.message(placeOf(screen.actor.workspaceId, conversationId)));
  }

  /** Everybody who is there, on all nodes, in a steady order. */
  people(place: string): Presence[] {
    const sum = new Map<string, Presence>();
    const boards = [
      this.own.get(place)?.values() ?? [],
      ...[...this.others.values()].map((each) => each.places.get(place) ?? []),
    ];
    for (const board of boards) {
      for (const presence of board) {
        const screens = presence.screens + (sum.get(presence.userId)?.screens ?? 0);
        sum.set(presence.userId, { ...presence, screens });
      }
    }
    return [...sum.values()].sort((one, other) => (one.userId < other.userId ? -1 : 1));
  }

  private touch(place: string): void {
    this.changed.add(place);
    this.gathering ??= setTimeout(() => this.tell(), GATHER_MS);
  }

  private tell(): void {
    this.gathering = undefined;
    for (const place of this.changed) {
      this.version += 1;
      this.tellPeers(place);
      this.showAll(place);
    }
    this.changed.clear();
  }

  private tellPeers(place: string): void {
    const people = [...(this.own.get(place)?.values() ?? [])];
    this.peers.tell({ kind: 'place', node: this.peers.node, version: this.version, place, people });
  }

  private showAll(place: string): void {
    const { workspaceId, conversationId } = readPlace(place);
    const room =
      conversationId === null ? rooms.state(workspaceId, 'presence') : rooms.conversation(workspaceId, conversationId);
    this.server.io.local.to(room).emit('presence_updated', this.message(place));
  }

  private message(place: string) {
    const { conversationId } = readPlace(place);
    const where: Ref | null = conversationId === null ? null : ref('conversation', conversationId);
    const data = { ref: where, people: this.people(place) };
    return { type: 'presence_updated' as const, timestamp: this.clock.now().toISOString(), data };
  }

  private beat(): void {
    this.peers.tell({ kind: 'alive', node: this.peers.node, version: this.version });
    const silentSince = this.clock.millis() - NODE_SILENT_MS;
    for (const [node, board] of this.others) if (board.seenAt < silentSince) this.forget(node);
  }

  private hear(news: PeerNews): void {
    switch (news.kind) {
      case 'ask':
        if (news.whom === null || news.whom === this.peers.node) this.tellAll();
        return;
      case 'gone':
        return this.forget(news.node);
      case 'alive':
        if (this.board(news.node).version !== news.version) {
          this.peers.tell({ kind: 'ask', node: this.peers.node, whom: news.node });
        }
        return;
      case 'all':
        this.forget(news.node);
        this.board(news.node).version = news.version;
        for (const [place, people] of news.places) this.place(news.node, place, people);
        return;
      case 'place': {
        const board = this.board(news.node);
        // After a missed telling none counts until everything was told again.
        board.version = news.version === board.version + 1 ? news.version : MISSED;
        return this.place(news.node, news.place, news.people);
      }
    }
  }

  private place(node: string, place: string, people: Presence[]): void {
    const { places } = this.board(node);
    if (people.length > 0) places.set(place, people);
    else places.delete(place);
    this.showAll(place);
  }

  private tellAll(): void {
    const places = [...this.own].map(([place, people]): [string, Presence[]] => [place, [...people.values()]]);
    this.peers.tell({ kind: 'all', node: this.peers.node, version: this.version, places });
  }

  private board(node: string): PeerBoard {
    const board = this.others.get(node) ?? { version: MISSED, seenAt: 0, places: new Map<string, Presence[]>() };
    board.seenAt = this.clock.millis();
    this.others.set(node, board);
    return board;
  }

  private forget(node: string): void {
    const board = this.others.get(node);
    this.others.delete(node);
    for (const place of board?.places.keys() ?? []) this.showAll(place);
  }
}

function placeOf(workspaceId: string, conversationId: string | null): string {
  return conversationId === null ? workspaceId : `${workspaceId}/${conversationId}`;
}

function readPlace(place: string): { workspaceId: string; conversationId: string | null } {
  const [workspaceId = '', conversationId] = place.split('/');
  return { workspaceId, conversationId: conversationId ?? null };
}
