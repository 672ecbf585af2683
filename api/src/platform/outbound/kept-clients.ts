import type { Client } from 'undici';

/** A connection that nobody uses for so long is closed. Milliseconds. */
const IDLE_MS = 4_000;
/** Kept for one place, and altogether. */
const MOST_FOR_ONE = 20;
const MOST = 500;

/** Clients that wait for the next call to the very addresses that they were made for. */
export class KeptClients {
  private readonly idle = new Map<string, { client: Client; timer: NodeJS.Timeout }[]>();
  private count = 0;

  /** The one that was used last, while it is good. @param place origin and judged addresses */
  take(place: string): Client | undefined {
    const list = this.idle.get(place);
    const kept = list?.pop();
    if (!list || !kept) return undefined;
    if (list.length === 0) this.idle.delete(place);
    clearTimeout(kept.timer);
    this.count -= 1;
    return kept.client.destroyed ? this.take(place) : kept.client;
  }

  /** Answers whether it was kept; otherwise the caller has to destroy it. */
  keep(place: string, client: Client): boolean {
    const list = this.idle.get(place) ?? [];
    if (client.destroyed || list.length >= MOST_FOR_ONE || this.count >= MOST) return false;
    const timer = setTimeout(() => this.expire(place, client), IDLE_MS).unref();
    this.idle.set(place, [...list, { client, timer }]);
    this.count += 1;
    return true;
  }

  async close(): Promise<void> {
    const all = [...this.idle.values()].flat();
    this.idle.clear();
    this.count = 0;
    for (const { timer } of all) clearTimeout(timer);
    await Promise.all(all.map(({ client }) => client.destroy()));
  }

  private expire(place: string, client: Client): void {
    const list = (this.idle.get(place) ?? []).filter((each) => each.client !== client);
    if (list.length > 0) this.idle.set(place, list);
    else this.idle.delete(place);
    this.count -= 1;
    void client.destroy();
  }
}
