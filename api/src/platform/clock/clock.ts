import { Injectable } from '@nestjs/common';

/** The one place time comes from, so that tests can move it. */
export abstract class Clock {
  /** The time of day. */
  abstract now(): Date;
  /** Milliseconds since the epoch, for comparisons. */
  millis(): number {
    return this.now().getTime();
  }
}

@Injectable()
export class SystemClock extends Clock {
  override now(): Date {
    return new Date();
  }

  override millis(): number {
    return Date.now();
  }
}
