import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { Broadcast } from '../../../platform/relay';

/** Changes are gathered so long before they are told, in milliseconds. */
const GATHER_MS = 200;

interface Gathered {
  webhookIds: Set<string>;
  receiverIds: Set<string>;
  /** Whether other nodes have to hear of it from here. */
  everywhere: boolean;
}

/** Tells screens that something was delivered or received; what it was, they ask for. */
@Injectable()
export class BenchNews implements OnApplicationShutdown {
  private readonly gathered = new Map<string, Gathered>();
  private timer?: NodeJS.Timeout;

  constructor(private readonly broadcast: Broadcast) {}

  onApplicationShutdown(): void {
    clearTimeout(this.timer);
  }

  /** Something came to a receiver, here. */
  received(workspaceId: string, receiverId: string): void {
    const gathered = this.of(workspaceId);
    gathered.receiverIds.add(receiverId);
    gathered.everywhere = true;
  }

  /** Deliveries of these endpoints have moved; every node finds that out by itself. */
  delivered(workspaceId: string, webhookIds: readonly string[]): void {
    const gathered = this.of(workspaceId);
    for (const id of webhookIds) gathered.webhookIds.add(id);
  }

  private of(workspaceId: string): Gathered {
    this.timer ??= setTimeout(() => this.tell(), GATHER_MS).unref();
    const known = this.gathered.get(workspaceId);
    if (known) return known;
    const made = { webhookIds: new Set<string>(), receiverIds: new Set<string>(), everywhere: false };
    this.gathered.set(workspaceId, made);
    return made;
  }

  private tell(): void {
    this.timer = undefined;
    for (const [workspaceId, { webhookIds, receiverIds, everywhere }] of this.gathered) {
      this.broadcast.publish({
        workspaceId,
        service: 'webhooks',
        type: 'webhooks_updated',
        data: { webhookIds: [...webhookIds], receiverIds: [...receiverIds] },
        everywhere,
      });
    }
    this.gathered.clear();
  }
}
