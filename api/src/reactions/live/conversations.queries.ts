import { Injectable } from '@nestjs/common';
import type { Actor } from '../../platform/access';
import { UnitOfWork } from '../../platform/work';

@Injectable()
export class ConversationsQueries {
  constructor(private readonly work: UnitOfWork) {}

  /** Whether the actor's workspace has this conversation. */
  async exists(actor: Actor, conversationId: string): Promise<boolean> {
    const rows = await this.work.read(actor, (tx) =>
      tx.query('SELECT 1 AS found FROM conversations WHERE workspace_id = $1 AND id = $2', [
        actor.workspaceId,
        conversationId,
      ]),
    );
    return rows.length > 0;
  }
}
