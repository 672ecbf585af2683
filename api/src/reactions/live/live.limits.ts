import { Injectable } from '@nestjs/common';

const MiB = 1024 * 1024;
const DAY = 86_400_000;

/** How much of everything one screen may have. Times in milliseconds, sizes in bytes. */
@Injectable()
export class LiveLimits {
  /** Whoever is further behind than this takes a new snapshot. */
  readonly replayEvents: number = 50_000;
  /** And whoever missed an event older than this. */
  readonly replayAge: number = 7 * DAY;
  /** Events in one message of a replay. */
  readonly pageSize: number = 500;
  /** Reads for replays at one time, so that a storm of reconnecting screens leaves the database to others. */
  readonly replayLanes: number = 4;

  /** Open sockets of one person on this node. */
  readonly screensPerUser: number = 50;
  /** Conversations that one screen can be in. */
  readonly roomsPerScreen: number = 20;
  /** What a screen may say: so many messages at once, and so many a second after that. */
  readonly burst: number = 100;
  readonly perSecond: number = 20;
  /** Subscribe requests that may wait for the one in hand. */
  readonly waitingRequests: number = 8;

  /** What may wait to be sent to a screen that reads slowly: for a moment, and at most. */
  readonly queued: number = MiB;
  readonly queuedAtMost: number = 4 * MiB;
  /** A replay goes on when less than this waits. */
  readonly replayQueued: number = MiB / 4;
  /** A screen that takes nothing for so long in the middle of a replay is gone. */
  readonly replayPatience: number = 30_000;

  /** How often all screens' sessions are looked up again (promise: what has ended is out within 5 s). */
  readonly recheckEvery: number = 4_000;
  /** The whole of a shutdown: how long screens are let go in slices. */
  readonly drainWithin: number = 2_000;
  /** Screens let go at a time. */
  readonly drainSlice: number = 200;
  /** Screens are told to come back at some moment within this. */
  readonly retryWithin: number = 15_000;
}
