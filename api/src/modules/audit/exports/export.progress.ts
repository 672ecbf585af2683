import { performance } from 'node:perf_hooks';
import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import type { StateMessages } from '@threadline/contracts';
import { Broadcast } from '../../../platform/relay';
import { UnitOfWork } from '../../../platform/work';
import type { ExportRow } from './exports.queries';

/** Screens hear of a task at most this often, in ms. */
const EVERY_MS = 200;

type Progress = StateMessages['task_progress'];

/** Tells the maker's screens, on whichever node, how far an export has come. */
@Injectable()
export class ExportProgress implements OnApplicationBootstrap {
  constructor(
    private readonly broadcast: Broadcast,
    private readonly work: UnitOfWork,
  ) {}

  onApplicationBootstrap(): void {
    // Who subscribes while one is made sees it at once.
    this.broadcast.onJoin('tasks', async (actor) => {
      const [row] = await this.work.read(actor, (tx) =>
        tx.query<{ id: string; position: string; until: string }>(
          `SELECT id, position, until FROM audit_exports WHERE created_by = $1 AND state = 'running'
            ORDER BY created_at DESC LIMIT 1`,
          [actor.userId],
        ),
      );
      return row ? { taskId: row.id, done: Number(row.position), total: Number(row.until), secondsLeft: null } : null;
    });
  }

  /** What is called as one export goes on; it tells of it now and then. */
  teller(workspaceId: string, row: ExportRow): (done: number, finished?: boolean) => void {
    const [total, from, startedAt] = [Number(row.until), Number(row.position), performance.now()];
    let toldAt = -Infinity;
    return (done, finished = false) => {
      const now = performance.now();
      if (!finished && now - toldAt < EVERY_MS) return;
      toldAt = now;
      const perSecond = ((done - from) / Math.max(now - startedAt, 1)) * 1_000;
      const secondsLeft = perSecond > 0 ? Math.ceil((total - done) / perSecond) : null;
      this.tell(workspaceId, row.created_by, { taskId: row.id, done, total, secondsLeft });
    };
  }

  private tell(workspaceId: string, userId: string, data: Progress): void {
    this.broadcast.publish({ workspaceId, service: 'tasks', type: 'task_progress', data, userId, everywhere: true });
  }
}
