import { Injectable, Logger } from '@nestjs/common';
import type { Envelope } from '@threadline/contracts';
import { type Actor, systemActor } from '../../platform/access';
import { Installation } from '../../platform/database';
import { UnitOfWork } from '../../platform/work';
import { ReachesQueries, type Shown } from '../../modules/reach';
import { ConversationRooms } from './conversation.rooms';
import type { Screen } from './screen';

/** What scopes mean on the live stream. */
@Injectable()
export class LiveReach {
  private readonly log = new Logger('live');

  constructor(
    private readonly work: UnitOfWork,
    private readonly reaches: ReachesQueries,
    private readonly installation: Installation,
    private readonly rooms: ConversationRooms,
  ) {}

  /** What these people are shown of a stretch of their workspace's log, as things are now: one question for all. */
  shown(
    workspaceId: string,
    viewers: readonly Actor[],
    events: readonly Envelope[],
  ): Promise<(viewer: Actor) => Shown> {
    return this.work.read(systemActor(workspaceId, 'live'), (tx) => this.reaches.shown(tx, viewers, events));
  }

  /**
   * Something became visible or invisible to these screens' person: they leave the rooms of conversations that are gone,
   * and read what they show anew.
   */
  async renew(screens: readonly Screen[], seq: number): Promise<void> {
    try {
      const epoch = await this.installation.epoch();
      await Promise.all(screens.map((screen) => this.rooms.checkAll(screen)));
      for (const screen of screens) screen.socket.emit('reset', { epoch, seq });
    } catch (error) {
      this.log.error({ err: error }, 'screens could not be told that what they may see has changed');
      // They connect again, and read everything anew.
      for (const screen of screens) screen.cut();
    }
  }
}
