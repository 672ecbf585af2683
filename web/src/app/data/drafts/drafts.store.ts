import { DOCUMENT, DestroyRef, Injectable, computed, effect, inject, untracked } from '@angular/core';
import type { Channel, Draft } from '@threadline/contracts';
import { LiveStore } from '@threadline/live';
import { BehaviorSubject, distinctUntilChanged, map, type Observable, type Subscription } from 'rxjs';
import { v7 } from 'uuid';
import { Live } from '../../core/live';
import { Session } from '../../core/session';
import { Ticker } from '../../shared/format';
import { DraftBox } from './draft.box';
import { type DraftMarks, leadsWithDrafts, markKey, marksOf, reduceMarks } from './draft.marks';
import { DraftSession } from './draft.session';
import { joined } from './draft.view';
import { type DraftText, DraftsApi } from './drafts.api';

interface Held {
  session: DraftSession;
  screens: number;
}

/**
 * All drafts of the person: which leads have one, and one session for each that a screen shows. News from the live
 * stream reach the sessions; what this browser has kept is sent as soon as somebody signs in; whatever is unsaved is
 * saved when the tab is hidden, the page goes, the network comes back, or the person signs out.
 */
@Injectable({ providedIn: 'root' })
export class Drafts {
  private readonly api = inject(DraftsApi);
  private readonly box = inject(DraftBox);
  private readonly session = inject(Session);
  private readonly ticker = inject(Ticker);
  private readonly live = inject(Live);
  private readonly document = inject(DOCUMENT);
  private readonly clientId = v7();
  private readonly held = new Map<string, Held>();
  private readonly store = new LiveStore<DraftMarks, 'drafts'>({
    source: this.live.connection,
    services: ['drafts'],
    snapshot: () => this.all(),
    reduce: reduceMarks,
    // Lost and got back at once, the right to them is no reason to go on with what was refused in between.
    linger: 0,
  });
  private readonly mayRead = computed(() => this.session.me()?.permissions.includes('drafts:read') ?? false);
  private readonly marks = new BehaviorSubject<DraftMarks>(new Map());
  private following: Subscription | null = null;

  /** The leads that have a draft, for the marks in lists; none, and nothing is asked for, without the right to them. */
  readonly leadIds$: Observable<ReadonlySet<string>> = this.marks.pipe(
    map(leadsWithDrafts),
    distinctUntilChanged((a, b) => a.size === b.size && [...a].every((id) => b.has(id))),
  );

  constructor() {
    const hidden = (): void => {
      if (this.document.visibilityState === 'hidden') this.flushAll(true);
    };
    const leave = (): void => this.flushAll(true);
    const online = (): void => {
      // Without the right to them, nothing is asked for.
      if (this.following) this.each((session) => session.retryNow());
    };
    this.document.addEventListener('visibilitychange', hidden);
    window.addEventListener('pagehide', leave);
    window.addEventListener('online', online);
    const stopFarewell = this.session.beforeSignOut(() => this.settle());
    inject(DestroyRef).onDestroy(() => {
      this.document.removeEventListener('visibilitychange', hidden);
      window.removeEventListener('pagehide', leave);
      window.removeEventListener('online', online);
      stopFarewell();
      this.following?.unsubscribe();
    });
    // The server is back, whatever the network says of itself.
    effect(() => {
      if (this.live.status().kind === 'live') untracked(online);
    });
    effect(() => {
      const mayRead = this.mayRead();
      untracked(() => (mayRead ? this.begin() : this.end()));
    });
  }

  /** The session of a draft that a screen shows now; `release` when it no longer does. */
  take(leadId: string, channel: Channel): DraftSession {
    const key = markKey(leadId, channel);
    const held = this.held.get(key) ?? { session: this.make(leadId, channel), screens: 0 };
    held.screens += 1;
    this.held.set(key, held);
    const mark = this.marks.value.get(key);
    if (this.following) void held.session.open(mark?.draft ?? null);
    return held.session;
  }

  /** Saves it; the session is kept as long as the server does not have its text, as the draft or as the message. */
  release(leadId: string, channel: Channel): void {
    const key = markKey(leadId, channel);
    const held = this.held.get(key);
    if (!held) return;
    held.screens -= 1;
    void held.session.flush().then(() => {
      if (held.screens > 0 || held.session.unsaved || held.session.snapshot.unsent) return;
      if (this.held.get(key) === held) this.held.delete(key);
    });
  }

  /** A text that was thrown away is the draft again, above what was begun since, wherever the person is by now. */
  async bringBack(leadId: string, channel: Channel, text: DraftText): Promise<void> {
    const session = this.take(leadId, channel);
    await session.open();
    session.bringBack(joined(text, session.snapshot));
    this.release(leadId, channel);
  }

  private make(leadId: string, channel: Channel): DraftSession {
    const { box, api, clientId } = this;
    const userId = this.session.me()?.user.id ?? '';
    const key = `${this.prefix()}${markKey(leadId, channel)}`;
    const now = (): number => this.ticker.now();
    const away = (): boolean => this.live.status().kind === 'stale';
    return new DraftSession({ leadId, channel, key, clientId, userId, api, box, now, away });
  }

  private prefix(): string {
    const me = this.session.me();
    return `${me?.workspace.id ?? ''}/${me?.user.id ?? ''}/`;
  }

  private begin(): void {
    this.following = this.store.state$.subscribe((marks) => this.follow(marks));
    // On the screen since before the right to them came.
    this.each((session) => void session.open());
    void this.sendKept();
  }

  private end(): void {
    this.following?.unsubscribe();
    this.following = null;
    this.marks.next(new Map());
    this.each((session) => void session.withdraw());
    // What is on the screen stays held, to be read again when the right is back.
    if (!this.session.me()) this.held.clear();
  }

  private follow(marks: DraftMarks): void {
    const before = this.marks.value;
    this.marks.next(marks);
    for (const [key, { session }] of this.held) {
      // What this person may see may have changed.
      if (session.snapshot.outOfReach) session.retryNow();
      const mark = marks.get(key);
      if (!mark || mark === before.get(key)) continue;
      const news = mark.cleared
        ? session.clearedElsewhere(mark.revision, mark.clearedBy)
        : session.savedElsewhere(mark.revision, mark.clientId);
      void news;
    }
  }

  /** What earlier visits of this browser could not save. */
  private async sendKept(): Promise<void> {
    for (const { leadId, channel } of await this.box.all(this.prefix())) {
      const session = this.take(leadId, channel);
      await session.open();
      this.release(leadId, channel);
    }
  }

  private flushAll(keepalive: boolean): void {
    this.each((session) => void session.flush({ keepalive }));
  }

  private each(work: (session: DraftSession) => void): void {
    for (const { session } of this.held.values()) work(session);
  }

  private async settle(): Promise<void> {
    await Promise.all([...this.held.values()].map(({ session }) => session.flush()));
  }

  private async all(): Promise<{ state: DraftMarks; asOf: number }> {
    const drafts: Draft[] = [];
    let asOf: number | null = null;
    let cursor: string | null = null;
    do {
      const page = await this.api.list(cursor ?? undefined);
      drafts.push(...page.items);
      // Later pages may know more; the events since the first one are told again, which changes nothing.
      asOf ??= page.asOf;
      cursor = page.nextCursor;
    } while (cursor !== null);
    return { state: marksOf(drafts), asOf };
  }
}
