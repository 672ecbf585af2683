import { Injectable, inject } from '@angular/core';
import type { Channel, Member, Message } from '@threadline/contracts';
import type { RoomState } from '@threadline/live';
import {
  BehaviorSubject,
  catchError,
  combineLatest,
  distinctUntilChanged,
  map,
  Observable,
  of,
  share,
  startWith,
  switchMap,
  tap,
} from 'rxjs';
import { v7 } from 'uuid';
import { asProblem } from '../../core/api';
import { Live } from '../../core/live';
import { Preferences } from '../../core/preferences';
import { Session } from '../../core/session';
import type { DeskAct, DeskView } from '../../shared/conversation';
import { Ticker } from '../../shared/format';
import { Toasts } from '../../shared/toast';
import { Drafts, type DraftSession, isEmptyText } from '../drafts';
import { MembersStore } from '../members';
import { MessagesApi, type Thread, Threads } from '../messages';
import { DeskMoment } from './desk.moment';
import { newestConfirmed, stateOf, undoFound } from './desk.rules';
import { ReplacedText } from './replaced-text';
import { type Sending, sendDraft } from './sending';
import { UndoElsewhere } from './undo-elsewhere';

const CHANNEL: Channel = 'email';

const NOBODY: RoomState = { people: [], typing: [] };

/** A conversation that is open on one screen. */
interface Open {
  leadId: string;
  thread: Thread;
  draft: DraftSession;
  messages: readonly Message[];
  pending: ReadonlySet<string>;
  conversationId: string | null;
}

/**
 * A person's desk: the conversation with one lead, live, with the draft, sending and taking back. A page provides it, shows
 * `view$` and passes on what the person does.
 */
@Injectable()
export class DeskStore {
  private readonly threads = inject(Threads);
  private readonly drafts = inject(Drafts);
  private readonly api = inject(MessagesApi);
  private readonly members = inject(MembersStore);
  private readonly live = inject(Live);
  private readonly session = inject(Session);
  private readonly preferences = inject(Preferences);
  private readonly ticker = inject(Ticker);
  private readonly elsewhere = inject(UndoElsewhere);
  private readonly replaced = inject(ReplacedText);
  private readonly toasts = inject(Toasts);

  private readonly lead = new BehaviorSubject<string | null>(null);
  private readonly moment = new DeskMoment();
  private open: Open | null = null;
  /** The send that got no answer, so that trying again is the same message. */
  private unanswered: { id: string; text: string } | null = null;

  readonly view$: Observable<DeskView | null> = this.lead.pipe(
    distinctUntilChanged(),
    switchMap((leadId) => (leadId === null ? of(null) : this.desk(leadId))),
    share({ connector: () => new BehaviorSubject<DeskView | null>(null) }),
  );

  /** Which lead's; null: none. */
  show(leadId: string | null): void {
    this.lead.next(leadId);
  }

  act(act: DeskAct): void {
    const { open } = this;
    if (!open) return;
    switch (act.do) {
      case 'edit':
        open.draft.edit(act.text);
        if (this.moment.now.twin) this.moment.tell({ twin: null });
        return this.typing(open);
      case 'flush':
        return void open.draft.flush();
      case 'send':
        return void this.send(open, newestConfirmed(open.messages, open.pending));
      case 'send anyway':
        return this.sendAnyway(open);
      case 'keep as draft':
        return this.moment.tell({ moved: null });
      case 'undo':
        return void this.undo(open);
      case 'undo over':
        return this.moment.tell({ undo: null });
      case 'send again':
        return this.sendAgain(open, act.message);
      case 'older':
        return open.thread.older(act.cursor);
      case 'keep mine':
        return open.draft.keepMine();
      case 'take theirs':
        return open.draft.takeTheirs();
      case 'discard':
        return void this.discard(open);
      case 'evidence':
        return void this.readEvidence(act.messageId);
      case 'reload':
        return open.thread.refresh();
    }
  }

  private desk(leadId: string): Observable<DeskView> {
    return new Observable<DeskView>((subscriber) => {
      const thread = this.threads.of(leadId);
      const draft = this.drafts.take(leadId, CHANNEL);
      const open: Open = { leadId, thread, draft, messages: [], pending: new Set(), conversationId: null };
      this.open = open;
      this.moment.clear();
      this.elsewhere.end(leadId);
      subscriber.add(this.live.back$.subscribe(() => this.moment.reached()));
      subscriber.add(this.replaced.tell(draft).subscribe());
      subscriber.add(this.compose(open).subscribe(subscriber));
      return () => {
        this.open = null;
        this.leaveUndo(open);
        this.stopTyping(open);
        this.drafts.release(leadId, CHANNEL);
      };
    });
  }

  private compose(open: Open): Observable<DeskView> {
    const { thread, draft, leadId } = open;
    const me = this.session.me()?.user.id ?? '';
    const messages$ = thread.messages$.pipe(
      tap((messages) => this.seen(open, messages)),
      startWith(null),
    );
    const pending$ = thread.pending$.pipe(
      startWith(new Set<string>()),
      tap((pending) => (open.pending = pending)),
    );
    return combineLatest([
      combineLatest([messages$, pending$, thread.olderCursor$.pipe(startWith(null)), thread.status$]),
      combineLatest([draft.view$, draft.adopted$, this.moment.state$]),
      combineLatest([this.people(), this.room(messages$)]),
    ]).pipe(
      map(([[messages, pending, older, status], [written, adopted, moment], [members, room]]) => ({
        ...moment,
        leadId,
        state: stateOf(messages, status),
        messages: messages ?? [],
        pending,
        older,
        members,
        me,
        here: room.people.filter(({ userId }) => userId !== me),
        typing: room.typing.filter(({ userId }) => userId !== me),
        draft: written,
        adopted,
      })),
    );
  }

  private people(): Observable<ReadonlyMap<string, Member>> {
    return this.members.byUser$.pipe(startWith(new Map<string, Member>()));
  }

  private room(messages$: Observable<readonly Message[] | null>): Observable<RoomState> {
    return messages$.pipe(
      map((messages) => messages?.at(-1)?.conversationId ?? null),
      distinctUntilChanged(),
      switchMap((id) =>
        // Who else is here is a courtesy: without it the thread is the same.
        id ? this.live.connection.room(id).pipe(catchError(() => of(NOBODY))) : of(NOBODY),
      ),
      startWith(NOBODY),
    );
  }

  private seen(open: Open, messages: readonly Message[]): void {
    const first = open.messages.length === 0;
    open.messages = messages;
    open.conversationId = messages.at(-1)?.conversationId ?? null;
    const { undo } = this.moment.now;
    if (first && !undo)
      this.moment.tell({ undo: undoFound(messages, this.session.me()?.user.id ?? '', this.ticker.now()) });
    const held = undo && messages.find(({ id }) => id === undo.messageId);
    if (held && held.status !== 'queued') this.moment.tell({ undo: null });
  }

  private typing(open: Open): void {
    if (open.conversationId) this.live.connection.typing(open.conversationId, true);
  }

  private stopTyping({ conversationId }: Open): void {
    if (conversationId) this.live.connection.typing(conversationId, false);
  }

  private async send(open: Open, afterMessageId: string | null): Promise<void> {
    const { sending } = this.moment.now;
    if (sending || open.draft.snapshot.theirs) return;
    this.moment.tell({ sending: true, refusal: null, moved: null, twin: null });
    this.stopTyping(open);
    const { undoSeconds } = this.preferences.settings();
    const job: Sending = {
      draft: open.draft,
      thread: open.thread,
      channel: CHANNEL,
      conversationId: open.conversationId ?? '',
      afterMessageId,
      undoSeconds,
      idFor: (text) => this.idFor(text),
    };
    const outcome = await sendDraft(job, (message) => this.offerUndo(open, message, undoSeconds));
    if (outcome.kind !== 'unanswered') this.unanswered = null;
    if (this.open !== open) return;
    switch (outcome.kind) {
      case 'sent':
        return this.moment.tell({ sending: false });
      case 'empty':
        return this.moment.tell({ sending: false, refusal: 'Write something first.' });
      case 'moved':
        open.thread.refresh();
        return this.moment.tell({ sending: false, undo: null, moved: outcome.messages });
      case 'twin':
        open.thread.refresh();
        return this.moment.tell({ sending: false, undo: null, twin: outcome.message });
      case 'unanswered':
      case 'refused':
        this.moment.tell({ sending: false, undo: null });
        return this.moment.refuse(outcome.error, outcome.why);
    }
  }

  private sendAnyway(open: Open): void {
    const { moved } = this.moment.now;
    void this.send(open, moved?.at(-1)?.id ?? newestConfirmed(open.messages, open.pending));
  }

  /** One id a message; trying again after no answer is the same message. */
  private idFor(text: string): string {
    if (this.unanswered?.text !== text) this.unanswered = { id: v7({ msecs: this.ticker.now() }), text };
    return this.unanswered.id;
  }

  private offerUndo({ leadId }: Open, message: Message, seconds: number): void {
    if (seconds === 0) return;
    const until = this.ticker.now() + seconds * 1_000;
    if (this.open?.leadId !== leadId) return this.elsewhere.offer(message, until);
    this.moment.tell({ undo: { messageId: message.id, until, seconds, busy: false } });
  }

  /** What may still be taken back is offered wherever the person goes. */
  private leaveUndo({ messages }: Open): void {
    const { undo } = this.moment.now;
    const message = messages.find(({ id }) => id === undo?.messageId);
    if (undo && message && !undo.busy) this.elsewhere.offer(message, undo.until);
  }

  private async undo(open: Open): Promise<void> {
    const { undo } = this.moment.now;
    const message = open.messages.find(({ id }) => id === undo?.messageId);
    if (!undo || undo.busy || !message) return;
    this.moment.tell({ undo: { ...undo, busy: true } });
    try {
      await open.thread.undo(message);
      if (this.open === open) this.moment.tell({ undo: null });
      await open.draft.reload();
    } catch (error) {
      if (this.open !== open) return;
      this.moment.tell({ undo: null });
      this.moment.refuse(error);
    }
  }

  private async discard({ leadId, draft }: Open): Promise<void> {
    const { content, subject } = draft.snapshot;
    const bringBack = (): void => void this.drafts.bringBack(leadId, CHANNEL, { content, subject });
    try {
      await draft.discard();
      if (!isEmptyText({ content, subject }))
        this.toasts.show({ text: 'Draft discarded', action: { label: 'Undo', run: bringBack } });
    } catch (error) {
      bringBack();
      this.moment.refuse(error);
    }
  }

  private sendAgain(open: Open, message: Message): void {
    this.moment.tellTrouble(message.id, null);
    open.thread.sendAgain(message).catch((error: unknown) => this.moment.tellTrouble(message.id, error));
  }

  private async readEvidence(messageId: string): Promise<void> {
    try {
      const { items } = await this.api.allHits(messageId);
      this.moment.tellEvidence(messageId, { hits: items, trouble: null });
    } catch (error) {
      const trouble = `Couldn’t read the evidence: ${asProblem(error).detail}`;
      this.moment.tellEvidence(messageId, { hits: null, trouble });
      this.moment.whenReached(error, () => void this.readEvidence(messageId));
    }
  }
}
