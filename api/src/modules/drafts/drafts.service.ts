import { Injectable } from '@nestjs/common';
import { type Channel, type Draft, ref } from '@threadline/contracts';
import { v7 } from 'uuid';
import { Refusal } from '../../platform/refusal';
import type { Tx } from '../../platform/work';
import { LeadsService } from '../leads';
import { refuseOutOfReach } from './draft-reach';
import { DraftEntity } from './draft.entity';
import { type DraftText, draftText, isEmpty, isStale, NO_TEXT, sameText } from './draft.rules';
import { draftOf } from './draft-rows';

export interface DraftInput {
  leadId: string;
  channel: Channel;
  /** Text or HTML as it is being typed; kept as it is and shown only through the sanitiser. */
  content: string;
  /** What is left out is empty: a save carries the whole draft. */
  subject?: string | null;
}

export interface DraftSave extends DraftInput {
  /** The revision the writer began from; 0: there was none; absent: whatever is there is replaced. */
  baseRevision?: number;
  /** Names the screen that saves, so that it knows its own echo. */
  clientId?: string;
}

/** Which draft, and what the writer believes to be there. */
export interface DraftDiscard {
  leadId: string;
  channel: Channel;
  baseRevision?: number;
}

/**
 * The one draft of a lead and channel, shared by the workspace. Its row is taken for the length of each command, so
 * revisions count up by one whoever writes; and it stays when the draft is cleared, so they never start again.
 */
@Injectable()
export class DraftsService {
  constructor(private readonly leads: LeadsService) {}

  /**
   * Saves the whole text. Event `draft.saved`; none, and the present revision, when it is so already; `draft.cleared`
   * when there is nothing left to read in it: the answer is then an empty draft.
   * @throws Refusal `not_found`, `stale_revision` with the newer draft as `current`
   */
  async save(tx: Tx, input: DraftSave): Promise<Draft> {
    await this.leads.find(tx, input.leadId);
    await refuseOutOfReach(tx, input.leadId, input.channel);
    const draft = await this.hold(tx, input.leadId, input.channel);
    const text = draftText(input);
    // Also when it is late: it was saved, and only the answer got lost.
    if (sameText(draft, text)) return draftOf(draft);
    refuseStale(draft, input.baseRevision);
    if (isEmpty(text)) return this.clear(tx, draft, 'discarded');
    return this.write(tx, draft, text, input.clientId ?? null);
  }

  /**
   * Throws the text away. Event `draft.cleared`; none when there is no text.
   * @throws Refusal `not_found`, `stale_revision`
   */
  async discard(tx: Tx, { leadId, channel, baseRevision }: DraftDiscard): Promise<void> {
    await this.leads.find(tx, leadId);
    await refuseOutOfReach(tx, leadId, channel);
    const draft = await this.find(tx, leadId, channel);
    if (!draft || isEmpty(draft)) return;
    refuseStale(draft, baseRevision);
    await this.clear(tx, draft, 'discarded');
  }

  /**
   * The text was sent: called in the unit of work that accepts the message. Event `draft.cleared`; none when there is
   * no draft. A save that began before is late from now on.
   */
  async clearForSend(tx: Tx, leadId: string, channel: Channel): Promise<void> {
    const draft = await this.find(tx, leadId, channel);
    if (draft && !isEmpty(draft)) await this.clear(tx, draft, 'sent');
  }

  /**
   * The message was taken back: its text becomes the draft again, as a new revision, unless somebody has begun another
   * one since. Event `draft.saved`.
   * @returns the draft; null when the other one stays
   */
  async restore(tx: Tx, input: DraftInput): Promise<Draft | null> {
    const text = draftText(input);
    const draft = await this.hold(tx, input.leadId, input.channel);
    if (!isEmpty(draft) || isEmpty(text)) return null;
    return this.write(tx, draft, text, null);
  }

  private async write(tx: Tx, draft: DraftEntity, text: DraftText, clientId: string | null): Promise<Draft> {
    const saved = await this.move(tx, draft, { ...text, authorId: tx.actor.userId ?? tx.actor.id, savedAt: tx.now });
    const { leadId, channel, revision } = saved;
    tx.append({ type: 'draft.saved', ...about(saved), data: { leadId, channel, revision, clientId } });
    return saved;
  }

  private async clear(tx: Tx, draft: DraftEntity, reason: 'sent' | 'discarded'): Promise<Draft> {
    const cleared = await this.move(tx, draft, NO_TEXT);
    const { leadId, channel, revision } = cleared;
    tx.append({ type: 'draft.cleared', ...about(cleared), data: { leadId, channel, revision, reason } });
    return cleared;
  }

  private async move(tx: Tx, draft: DraftEntity, change: Partial<DraftEntity>): Promise<Draft> {
    const moved = { ...change, revision: draft.revision + 1, updatedAt: tx.now };
    await tx.manager.update(DraftEntity, { workspaceId: tx.workspaceId, id: draft.id }, moved);
    return draftOf({ ...draft, ...moved });
  }

  private find(tx: Tx, leadId: string, channel: Channel): Promise<DraftEntity | null> {
    return tx.manager.findOne(DraftEntity, {
      where: { workspaceId: tx.workspaceId, leadId, channel },
      lock: { mode: 'pessimistic_write' },
    });
  }

  /** The draft's row, made when there is none. */
  private async hold(tx: Tx, leadId: string, channel: Channel): Promise<DraftEntity> {
    const known = await this.find(tx, leadId, channel);
    if (known) return known;
    const row: DraftEntity = {
      ...{ workspaceId: tx.workspaceId, id: v7(), leadId, channel, ...NO_TEXT, revision: 0 },
      ...{ authorId: tx.actor.userId ?? tx.actor.id, savedAt: tx.now, updatedAt: tx.now },
    };
    await tx.manager.createQueryBuilder().insert().into(DraftEntity).values(row).orIgnore().execute();
    const made = await this.find(tx, leadId, channel);
    if (!made) throw new Error('The row of a draft was neither there nor made');
    return made;
  }
}

function refuseStale(draft: DraftEntity, baseRevision: number | undefined): void {
  if (isStale(draft, baseRevision)) {
    throw new Refusal('stale_revision', {
      detail: isEmpty(draft) ? 'The draft was sent or discarded meanwhile.' : 'The draft was changed meanwhile.',
      current: draftOf(draft),
    });
  }
}

/** Not about the lead: a draft is saved twice a second, and the lead's timeline is for what happened to the lead. */
function about({ id }: Draft) {
  return { subject: { type: 'draft' as const, id }, about: [ref('draft', id)] };
}
