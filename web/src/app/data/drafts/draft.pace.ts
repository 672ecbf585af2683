import { FIRST_RETRY_MS, LONGEST_RETRY_MS } from './draft.options';

/** When a draft is saved next, and whether saves have been failing. */
export class DraftPace {
  private timer: ReturnType<typeof setTimeout> | undefined;
  private retryIn = FIRST_RETRY_MS;
  private failed = false;

  constructor(private readonly save: () => void) {}

  /** Since the server could not be reached, until it has answered. */
  get failing(): boolean {
    return this.failed;
  }

  saveIn(milliseconds: number): void {
    this.stop();
    this.timer = setTimeout(this.save, milliseconds);
  }

  stop(): void {
    clearTimeout(this.timer);
  }

  /** The server could not be reached: tries again, each time after twice the time, or when it says. */
  tryAgain(after: number | null | undefined): void {
    this.failed = true;
    this.saveIn(after ?? this.retryIn);
    this.retryIn = Math.min(this.retryIn * 2, LONGEST_RETRY_MS);
  }

  succeeded(): void {
    this.failed = false;
    this.retryIn = FIRST_RETRY_MS;
  }
}
