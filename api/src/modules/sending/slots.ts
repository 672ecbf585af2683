/** A number of places that are taken and given back; who waits longest is next. */
export class Slots {
  private readonly waiting: ((taken: number) => void)[] = [];

  constructor(private free: number) {}

  /** Waits for a place, and takes what else is free when nobody else waits. Answers how many were taken. */
  async take(): Promise<number> {
    if (this.free === 0) return new Promise((resolve) => this.waiting.push(resolve));
    const taken = this.free;
    this.free = 0;
    return taken;
  }

  give(count: number): void {
    this.free += count;
    while (this.free > 0) {
      const next = this.waiting.shift();
      if (!next) return;
      this.free -= 1;
      next(1);
    }
  }
}
