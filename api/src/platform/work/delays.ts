/** Waits that can be cut short, all together: before a shutdown, and for specs that want everything done. */
export class Delays {
  private readonly waiting = new Set<() => void>();
  private hurried = 0;

  /** Milliseconds; none while somebody hurries. */
  wait(milliseconds: number): Promise<void> {
    if (this.hurried > 0) return Promise.resolve();
    return new Promise((resolve) => {
      const over = () => {
        clearTimeout(timer);
        this.waiting.delete(over);
        resolve();
      };
      const timer = setTimeout(over, milliseconds);
      this.waiting.add(over);
    });
  }

  /** Ends what waits, and lets nothing wait until this is over. */
  async hurry(until: () => Promise<unknown>): Promise<void> {
    this.hurried += 1;
    for (const over of this.waiting) over();
    try {
      await until();
    } finally {
      this.hurried -= 1;
    }
  }
}
