import type { Channel, Draft } from '@threadline/contracts';
import { BehaviorSubject, distinctUntilChanged, type Observable, Subject } from 'rxjs';
import { DRAFT_DEBOUNCE_MS } from '@threadline/contracts';
import { ApiProblem, asProblem } from '../../core/api';
import type { DraftBox, KeptDraft } from './draft.box';
import type { DraftsApi, DraftText } from './drafts.api';

/**
 * `empty`: nothing written · `loading` · `typing`: not yet due · `saving` · `saved` · `offline`: kept in this browser,
 * sent as soon as the server can be reached · `not saved`: the server refuses it, `reason` says why · `conflict`.
 */
export type DraftLabel = 'loading' | 'empty' | 'typing' | 'saving' | 'saved' | 'offline' | 'not saved' | 'conflict';

export interface DraftView extends DraftText {
  label: DraftLabel;
  /** ISO time of the last save. */
  savedAt: string | null;
  /** Why it is not saved, in words. */
  reason: string | null;
  /** Somebody else's text that this one was not written on. */
  theirs: Draft | null;
  /** Who wrote the revision that is shown; null for own, unsaved text. */
  authorId: string | null;
}

export interface DraftSessionOptions {
  leadId: string;
  channel: Channel;
  /** Key of the kept draft. */
  key: string;
  /** Who saves: an own echo is known by it. */
  clientId: string;
  api: DraftsApi;
  box: DraftBox;
  now: () => number;
}

const NOTHING: DraftText = { content: '', subject: '' };
const FIRST_RETRY_MS = 2_000;
const LONGEST_RETRY_MS = 30_000;

/** True when there is nothing to read in it. */
export function isEmptyText({ content, subject }: DraftText): boolean {
  return subject.trim() === '' && content.replace(/<[^>]*>|&nbsp;/g, '').trim() === '';
}

/**
 * The draft of one lead on one channel, while somebody has it on the screen. Saves are made one after the other, each
 * on the revision that the one before was answered with; what was typed is kept in this browser until the server has
 * it; a text that somebody else has saved meanwhile is never overwritten, and never overwrites.
 */
export class DraftSession {
  readonly view$: Observable<DraftView>;
  /** Text that the editor must take over: loaded, or written elsewhere. */
  readonly adopted$: Observable<DraftText>;

  private readonly view = new BehaviorSubject<DraftView>({
    ...NOTHING,
    label: 'loading',
    savedAt: null,
    reason: null,
    theirs: null,
    authorId: null,
  });
  private readonly adopted = new Subject<DraftText>();
  private text: DraftText = NOTHING;
  private revision = 0;
  private dirty = false;
  private ready: Promise<void> | null = null;
  private chain: Promise<void> = Promise.resolve();
  private timer: ReturnType<typeof setTimeout> | undefined;
  private retryIn = FIRST_RETRY_MS;
  private closed = false;

  constructor(private readonly options: DraftSessionOptions) {
    this.view$ = this.view.pipe(distinctUntilChanged());
    this.adopted$ = this.adopted.asObservable();
  }

  get snapshot(): DraftView {
    return this.view.value;
  }

  /** Loads the stored draft, and what this browser has kept. Text typed meanwhile wins over both. */
  open(): Promise<void> {
    this.ready ??= this.load();
    return this.ready;
  }

  /** Every change of the editor. */
  edit(text: DraftText): void {
    if (text.content === this.text.content && text.subject === this.text.subject) return;
    this.text = text;
    this.dirty = true;
    void this.options.box.keep(this.kept());
    this.show({ ...text, authorId: null, label: this.view.value.theirs ? 'conflict' : 'typing' });
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.flush(), DRAFT_DEBOUNCE_MS);
  }

  /** Saves now what is not saved: on blur, on leaving, when the tab is hidden. */
  flush({ keepalive = false } = {}): Promise<void> {
    clearTimeout(this.timer);
    this.chain = this.chain.then(() => this.save(keepalive));
    return this.chain;
  }

  /** Before sending: nothing of this draft is on its way any more, and nothing will be. */
  async prepareToSend(): Promise<void> {
    clearTimeout(this.timer);
    await this.chain;
    clearTimeout(this.timer);
  }

  /** The text was sent: the editor is empty, and so is this browser's box. */
  sent(): void {
    this.forgetText();
  }

  /** Somebody saved this draft, perhaps oneself on another screen. */
  async savedElsewhere(revision: number, clientId: string | null): Promise<void> {
    if (clientId === this.options.clientId || revision <= this.revision) return;
    this.chain = this.chain.then(() => this.takeNews(revision));
    return this.chain;
  }

  /** The draft was sent or thrown away somewhere. */
  clearedElsewhere(revision: number): void {
    this.chain = this.chain.then(() => {
      if (revision <= this.revision) return;
      this.revision = revision;
      if (!this.dirty) this.forgetText();
    });
  }

  /** Goes on with the own text: it becomes the next revision after theirs. */
  keepMine(): void {
    const { theirs } = this.view.value;
    if (!theirs) return;
    this.revision = theirs.revision;
    this.dirty = true;
    this.show({ theirs: null, label: 'typing' });
    void this.flush();
  }

  /** Gives the own text up for theirs. */
  takeTheirs(): void {
    const { theirs } = this.view.value;
    if (!theirs) return;
    this.adopt(theirs);
  }

  /** The network is back, or has never been away: try again now. */
  retryNow(): void {
    if (this.dirty && this.view.value.label === 'offline') void this.flush();
  }

  /** Throws the draft away, here and on the server. */
  async discard(): Promise<void> {
    clearTimeout(this.timer);
    await this.chain;
    this.forgetText();
    this.adopted.next(NOTHING);
    await this.options.api.discard(this.options.leadId, this.options.channel);
  }

  /** The last screen that showed it has gone. */
  async close(): Promise<void> {
    await this.flush();
    this.closed = true;
    clearTimeout(this.timer);
  }

  private async load(): Promise<void> {
    const { api, box, leadId, channel, key } = this.options;
    const kept = await box.find(key);
    if (this.dirty) return;
    if (kept) this.restore(kept);
    try {
      const stored = await api.one(leadId, channel);
      if (stored) this.meet(stored, kept);
      else if (!this.dirty) this.show({ label: isEmptyText(this.text) ? 'empty' : 'typing' });
    } catch (error) {
      this.show({ label: 'offline', reason: asProblem(error).detail });
    }
    if (this.dirty) void this.flush();
  }

  /** What an earlier visit typed and could not save. */
  private restore(kept: KeptDraft): void {
    this.text = { content: kept.content, subject: kept.subject };
    this.revision = kept.baseRevision;
    this.dirty = true;
    this.adopted.next(this.text);
    this.show({ ...this.text, label: 'typing' });
  }

  private meet(stored: Draft, kept: KeptDraft | undefined): void {
    if (!this.dirty) return this.adopt(stored);
    // Typed while this was loading: it was written on whatever was there.
    if (!kept) this.revision = Math.max(this.revision, stored.revision);
  }

  private async takeNews(revision: number): Promise<void> {
    if (revision <= this.revision) return;
    try {
      const draft = await this.options.api.one(this.options.leadId, this.options.channel);
      if (!draft || draft.revision <= this.revision) return;
      if (this.dirty && !sameText(draft, this.text)) this.show({ theirs: draft, label: 'conflict' });
      else this.adopt(draft);
    } catch {
      // Whoever saves next is told by the revision; nothing is lost until then.
    }
  }

  private async save(keepalive: boolean): Promise<void> {
    if (!this.dirty || this.closed || this.view.value.theirs) return;
    const { api, leadId, channel, clientId } = this.options;
    const text = this.text;
    this.show({ label: 'saving' });
    try {
      const saved = await api.save(leadId, { ...text, channel, baseRevision: this.revision, clientId }, keepalive);
      this.acknowledged(saved, text);
    } catch (error) {
      this.refused(asProblem(error));
    }
  }

  private acknowledged(saved: Draft, text: DraftText): void {
    this.revision = saved.revision;
    this.retryIn = FIRST_RETRY_MS;
    const more = this.text !== text;
    if (!more) {
      this.dirty = false;
      void this.options.box.forget(this.options.key);
    }
    const label = more ? 'typing' : isEmptyText(text) ? 'empty' : 'saved';
    this.show({ label, savedAt: saved.savedAt, reason: null, authorId: saved.authorId });
  }

  private refused(problem: ApiProblem): void {
    if (problem.code === 'stale_revision') return this.disagree(problem.current as Draft);
    if (problem.away || problem.signedOut) {
      this.show({ label: 'offline', reason: problem.detail });
      this.timer = setTimeout(() => void this.flush(), problem.retryAfterMs ?? this.retryIn);
      this.retryIn = Math.min(this.retryIn * 2, LONGEST_RETRY_MS);
      return;
    }
    this.show({ label: 'not saved', reason: problem.detail });
  }

  private disagree(theirs: Draft): void {
    if (sameText(theirs, this.text)) return this.acknowledged(theirs, this.text);
    // They have sent or thrown away the text: what is typed here since is a new draft.
    if (isEmptyText({ content: theirs.content, subject: theirs.subject ?? '' })) {
      this.revision = theirs.revision;
      void this.flush();
      return;
    }
    this.show({ theirs, label: 'conflict' });
  }

  private adopt(draft: Draft): void {
    this.text = { content: draft.content, subject: draft.subject ?? '' };
    this.revision = draft.revision;
    this.dirty = false;
    void this.options.box.forget(this.options.key);
    this.adopted.next(this.text);
    const label = isEmptyText(this.text) ? 'empty' : 'saved';
    this.show({ ...this.text, theirs: null, label, savedAt: draft.savedAt, reason: null, authorId: draft.authorId });
  }

  private forgetText(): void {
    clearTimeout(this.timer);
    this.text = NOTHING;
    this.dirty = false;
    void this.options.box.forget(this.options.key);
    this.adopted.next(NOTHING);
    this.show({ ...NOTHING, label: 'empty', theirs: null, reason: null, savedAt: null, authorId: null });
  }

  private kept(): KeptDraft {
    const { key, leadId, channel, now } = this.options;
    return { key, leadId, channel, ...this.text, baseRevision: this.revision, typedAt: now() };
  }

  private show(change: Partial<DraftView>): void {
    this.view.next({ ...this.view.value, ...change });
  }
}

function sameText(draft: Draft, text: DraftText): boolean {
  return draft.content === text.content && (draft.subject ?? '') === text.subject;
}
