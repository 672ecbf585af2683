/**
 * One at a time, in order of arrival, for each key. The unit of work takes a turn per workspace just before it reaches
 * the log's counter: callers that wait in the process cost nothing, while callers that wait on the row cost each other
 * (measured: 1,500 appends/s alone, 870/s with 32 fighting over the row).
 */
export class Turns {
  private readonly tails = new Map<string, Promise<void>>();

  /** Waits for the turn; the answer ends it. */
  async take(key: string): Promise<() => void> {
    const before = this.tails.get(key);
    let end!: () => void;
    const mine = new Promise<void>((resolve) => (end = resolve));
    this.tails.set(key, mine);
    await before;
    return () => {
      if (this.tails.get(key) === mine) this.tails.delete(key);
      end();
    };
  }
}
