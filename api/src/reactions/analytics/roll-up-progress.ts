import { Injectable } from '@nestjs/common';
import { SystemDatabase } from '../../platform/database';
import { filter, firstValueFrom, fromEvent, merge, Subject, take, timer } from 'rxjs';

/** The first and the longest wait between two looks at the cursor, in ms, for when another process counts. */
const FIRST_LOOK = 4;
const LAST_LOOK = 100;

/** How far the roll-ups have come. */
@Injectable()
export class RollUpProgress {
  private readonly moved = new Subject<string>();

  constructor(private readonly database: SystemDatabase) {}

  /** Said after each batch that was counted in this process. */
  counted(workspaceId: string): void {
    this.moved.next(workspaceId);
  }

  /** The log's position that the roll-ups contain. */
  async position(workspaceId: string): Promise<number> {
    const [row] = await this.database.query<{ seq: string }>(
      `SELECT seq FROM reaction_cursors WHERE workspace_id = $1 AND reaction = 'analytics'`,
      [workspaceId],
    );
    return Number(row?.seq ?? 0);
  }

  /** Waits until the roll-ups contain `seq`, whichever process counts, or until `stopped`. */
  async reach(workspaceId: string, seq: number, stopped: AbortSignal): Promise<void> {
    for (let pause = FIRST_LOOK; !stopped.aborted; pause = Math.min(pause * 2, LAST_LOOK)) {
      // Listened for before looking, so that nothing is missed between the two.
      const counted = this.moved.pipe(filter((id) => id === workspaceId));
      const next = firstValueFrom(merge(counted, timer(pause), fromEvent(stopped, 'abort')).pipe(take(1)));
      if ((await this.position(workspaceId)) >= seq) return;
      await next;
    }
  }
}
