import { Injectable } from '@nestjs/common';
import type { Actor } from '../../platform/access';
import { UnitOfWork } from '../../platform/work';
import { visibleTo } from '../../modules/reach';

@Injectable()
export class ConversationsQueries {
  constructor(private readonly work: UnitOfWork) {}

  /** Whether the actor's workspace has this conversation, and the actor may see it. */
  async exists(actor: Actor, conversationId: string): Promise<boolean> {
    const parameters: unknown[] = [actor.workspaceId, conversationId];
    const within = visibleTo(actor, parameters).conversation('c');
    const rows = await this.work.read(actor, (tx) =>
      tx.query(
        `SELECT 1 AS found FROM conversations c WHERE c.workspace_id = $1 AND c.id = $2 AND ${within}`,
        parameters,
      ),
    );
    return rows.length > 0;
  }
}
