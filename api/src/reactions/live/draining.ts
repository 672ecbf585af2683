import { randomInt } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { Handshake } from './handshake';
import { LiveLimits } from './live.limits';
import { PresenceBoard } from './presence.board';
import type { Screen } from './screen';
import { Screens } from './screens';

/** Between two slices at most, and for the last words to leave, in ms. */
const LONGEST_PAUSE = 100;

/** Lets all screens go before the process ends: each is told when to come back, not all at the same moment. */
@Injectable()
export class Draining {
  constructor(
    private readonly handshake: Handshake,
    private readonly screens: Screens,
    private readonly presence: PresenceBoard,
    private readonly limits: LiveLimits,
  ) {}

  async run(): Promise<void> {
    this.handshake.close();
    this.presence.goAway();
    const screens = this.screens.list();
    const slices = Math.ceil(screens.length / this.limits.drainSlice);
    const between = Math.min(LONGEST_PAUSE, this.limits.drainWithin / Math.max(1, slices));
    for (let from = 0; from < screens.length; from += this.limits.drainSlice) {
      this.letGo(screens.slice(from, from + this.limits.drainSlice));
      await pause(between);
    }
    // A connection whose other side says nothing would hold up the end.
    for (const screen of screens) screen.cut();
  }

  private letGo(screens: readonly Screen[]): void {
    for (const screen of screens) {
      screen.socket.emit('server_draining', { retryInMs: randomInt(0, this.limits.retryWithin) });
      screen.socket.disconnect(true);
    }
  }
}
