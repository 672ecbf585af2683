/** How much somebody may still say: so much at once, refilled steadily. */
export class Allowance {
  private left: number;
  private at = performance.now();

  /** @param burst at once @param perSecond refilled */
  constructor(
    private readonly burst: number,
    private readonly perSecond: number,
  ) {
    this.left = burst;
  }

  /** Takes one; answers false when nothing is left. */
  take(): boolean {
    const now = performance.now();
    this.left = Math.min(this.burst, this.left + ((now - this.at) / 1000) * this.perSecond);
    this.at = now;
    if (this.left < 1) return false;
    this.left -= 1;
    return true;
  }
}
