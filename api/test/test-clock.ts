import { Clock } from '../src/platform/clock';

/** Real time, moved by hand. */
export class TestClock extends Clock {
  private offset = 0;

  override now(): Date {
    return new Date(Date.now() + this.offset);
  }

  /** Moves the clock by so many milliseconds, back when negative. */
  advance(milliseconds: number): void {
    this.offset += milliseconds;
  }
}
