import { type Draft, DRAFT_DEBOUNCE_MS } from '@threadline/contracts';
import { BehaviorSubject, type Observable } from 'rxjs';
import { type ApiProblem, asProblem } from '../../core/api';
import type { KeptDraft } from './draft.box';
import { refusedWith } from './draft.refusal';
import type { DraftSessionOptions } from './draft.options';
import { DraftPace } from './draft.pace';
import { type DraftView, isEarlier, isEmptyText, joined, LOADING, NOTHING, sameText, textOf } from './draft.view';
import type { DraftText } from './drafts.api';

/**
 * The draft of one lead on one channel, while somebody has it on the screen. Saves are made one after the other, each
 * on the revision that the one before was answered with; what was typed is kept in this browser until the server has
 * it; a text that somebody else has saved meanwhile is never overwritten, and never overwrites.
 */
export class DraftSession {
  private readonly view = new BehaviorSubject<DraftView>(LOADING);
  private readonly adopted = new BehaviorSubject<DraftText>(NOTHING);
  readonly view$: Observable<DraftView> = this.view.asObservable();
  /** The text the editor must show: the last one that did not come out of it. */
  readonly adopted$: Observable<DraftText> = this.adopted.asObservable();
  private text: DraftText = NOTHING;
  private revision = 0;
  private dirty = false;
  /** The last text that a save was begun with: a lost answer to it is no news from somebody else. */
  private attempted: DraftText | null = null;
  /** The text that the server did not take as a message. */
  private failed: DraftText | null = null;
  /** The text that is being sent: until that is decided, nothing is saved. */
  private leaving: DraftText | null = null;
  private loaded = false;
  private loading: Promise<void> | null = null;
  private chain: Promise<void> = Promise.resolve();
  private readonly pace = new DraftPace(() => void this.flush());

  constructor(private readonly options: DraftSessionOptions) {}

  get snapshot(): DraftView {
    return this.view.value;
  }

  /** What is said of text that is yet to be saved: no promise of a save while the server is out of reach. */
  private get due(): 'typing' | 'offline' {
    return this.pace.failing || this.options.away() ? 'offline' : 'typing';
  }

  /** Text of this browser that the server does not have yet. */
  get unsaved(): boolean {
    return this.dirty;
  }

  /**
   * Loads the stored draft, and what this browser has kept. Text typed meanwhile wins over both.
   * @param known the draft as a list told it: shown while the answer is on its way, unless there is an own text
   */
  open(known: Draft | null = null): Promise<void> {
    // The editor of another screen, or of a later visit, has not seen what was typed into the one before.
    if (!sameText(this.adopted.value, this.text)) this.adopted.next(this.text);
    this.loading ??= this.load(known).finally(() => (this.loading = null));
    return this.loading;
  }

  /** Every change of the editor. */
  edit(text: DraftText): void {
    if (sameText(text, this.text)) return;
    this.text = { content: text.content, subject: text.subject };
    this.dirty = true;
    this.show({ ...this.text, authorId: null, label: this.view.value.theirs ? 'conflict' : this.due });
    this.keep();
    this.pace.saveIn(DRAFT_DEBOUNCE_MS);
  }

  /** Saves now what is not saved: on blur, on leaving, when the tab is hidden. */
  flush({ keepalive = false } = {}): Promise<void> {
    this.pace.stop();
    return this.next(() => this.save(keepalive));
  }

  /**
   * Hands the text over for sending: the editor is empty from now on, this browser still keeps the text, and nothing is
   * saved until `sent` or `putBack`, so that no late save brings back what has left.
   */
  async beginToSend(): Promise<DraftText> {
    this.pace.stop();
    const text = (this.leaving = this.text);
    await this.chain;
    this.pace.stop();
    const since = (this.text = sameText(this.text, text) ? NOTHING : this.text);
    this.dirty = since !== NOTHING;
    if (!this.dirty) this.clearEditor();
    return text;
  }

  /** The text was sent. */
  sent(): void {
    this.leaving = this.failed = null;
    if (this.dirty) return void this.flush();
    void this.options.box.forget(this.options.key);
  }

  /** It was not sent: it stands in the editor again, above what was begun since; `unsent`: and that is to be said. */
  putBack(unsent = false): void {
    const text = this.leaving;
    this.leaving = null;
    if (text) this.bringBack(joined(text, this.text), unsent);
  }

  /** A text from before stands in the editor again, in the place of what is there, and is saved. */
  bringBack(text: DraftText, unsent = false): void {
    this.replace(text, unsent);
    this.keep();
    void this.flush();
  }

  /** Somebody saved this draft, perhaps oneself on another screen. */
  savedElsewhere(revision: number, clientId: string | null = null): Promise<void> {
    if (clientId === this.options.clientId || revision <= this.revision) return Promise.resolve();
    return this.next(() => this.takeNews(revision));
  }

  /** The draft was sent somewhere, or thrown away by somebody. */
  clearedElsewhere(revision: number, by: string | null = null): Promise<void> {
    return this.next(() => {
      if (revision <= this.revision) return;
      this.revision = revision;
      if (!this.dirty) return this.forgetText(by);
      // What they had written is gone: what is typed here is a new draft.
      if (this.view.value.theirs) this.show({ theirs: null, label: 'typing' });
      this.pace.saveIn(0);
    });
  }

  /** Goes on with the own text: it becomes the next revision after theirs. */
  keepMine(): void {
    const { theirs } = this.view.value;
    if (!theirs) return;
    this.revision = theirs.revision;
    this.keep();
    this.show({ theirs: null, label: 'typing' });
    void this.flush();
  }

  /** Gives the own text up for theirs. */
  takeTheirs(): void {
    const { theirs } = this.view.value;
    if (theirs) this.adopt(theirs);
  }

  /** Reads the draft anew: after a message was taken back, its text is the draft again. */
  reload(): Promise<void> {
    return this.next(() => this.takeNews(Number.POSITIVE_INFINITY));
  }

  /** The network is back, or has never been away: try again now. */
  retryNow(): void {
    if (!this.loaded) void this.open();
    else if (this.dirty && this.view.value.label === 'offline') void this.flush();
  }

  /** Throws the draft away, here and on the server. */
  async discard(): Promise<void> {
    this.pace.stop();
    await this.chain;
    this.forgetText();
    await this.options.api.discard(this.options.leadId, this.options.channel);
  }

  /** The right to it is gone: until it is opened again nothing is shown or asked for; what is unsaved stays kept. */
  withdraw(): Promise<void> {
    return this.next(() => {
      this.revision = 0;
      this.loaded = false;
      this.clearEditor();
      this.show(LOADING);
    });
  }

  /** One thing after the other, and none before it is known what an earlier visit has kept. */
  private next(work: () => void | Promise<void>): Promise<void> {
    this.chain = this.chain.then(() => (this.loaded ? null : this.loading)).then(work);
    return this.chain;
  }

  private async load(known: Draft | null): Promise<void> {
    const { api, box, leadId, channel, key } = this.options;
    const kept = await box.find(key);
    const typed = this.dirty;
    if (kept?.unsent && !typed) this.failed = kept;
    if (kept && !kept.saved && !typed) {
      this.revision = kept.baseRevision;
      this.replace(kept, kept.unsent);
    } else if (known && !typed && !this.loaded) this.adopt(known);
    try {
      const stored = await api.one(leadId, channel);
      this.loaded = true;
      this.pace.succeeded();
      this.show({ outOfReach: false });
      if (stored) this.meet(stored, typed ? null : kept);
      else if (!this.dirty) this.forgetText();
    } catch (error) {
      this.show(refusedWith(asProblem(error), 'offline'));
      if (!this.snapshot.outOfReach) this.pace.tryAgain(null);
    }
    if (this.dirty && this.loaded) void this.flush();
  }

  private replace({ content, subject }: DraftText, unsent = false): void {
    this.text = { content, subject };
    this.failed = unsent ? this.text : null;
    this.dirty = true;
    this.adopted.next(this.text);
    this.show({ ...this.text, label: this.due, authorId: null });
  }

  /** @param kept what an earlier visit left; null or undefined when the text was typed in this one, or there is none */
  private meet(stored: Draft, kept: KeptDraft | null | undefined): void {
    if (stored.revision < this.revision) return;
    if (!this.dirty || sameText(textOf(stored), this.text)) return this.adopt(stored);
    if (isEmptyText(textOf(stored)) || isEarlier(stored, kept, this.options.userId)) this.revision = stored.revision;
    else if (!kept || stored.revision > kept.baseRevision) this.show({ theirs: stored, label: 'conflict' });
  }

  private async takeNews(revision: number): Promise<void> {
    if (revision <= this.revision) return;
    try {
      const draft = await this.options.api.one(this.options.leadId, this.options.channel);
      if (!draft || draft.revision <= this.revision) return;
      if (this.dirty && !sameText(textOf(draft), this.text)) this.show({ theirs: draft, label: 'conflict' });
      else this.adopt(draft);
    } catch {
      // Whoever saves next is told by the revision; nothing is lost until then.
    }
  }

  private async save(keepalive: boolean): Promise<void> {
    if (!this.dirty || this.leaving || this.view.value.theirs) return;
    const { api, leadId, channel, clientId } = this.options;
    const { text, revision: baseRevision } = this;
    if (this.due !== 'offline') this.show({ label: 'saving' });
    try {
      this.acknowledged(await api.save(leadId, { ...text, channel, baseRevision, clientId }, keepalive), text);
    } catch (error) {
      this.refused(asProblem(error), text);
    }
  }

  private acknowledged(saved: Draft, text: DraftText): void {
    this.revision = saved.revision;
    this.pace.succeeded();
    this.attempted = null;
    const more = (this.dirty = this.text !== text);
    this.keep();
    const label = more ? this.due : isEmptyText(text) ? 'empty' : 'saved';
    this.show({ label, savedAt: saved.savedAt, reason: null, authorId: more ? null : saved.authorId });
  }

  private refused(problem: ApiProblem, text: DraftText): void {
    if (problem.away || problem.signedOut) {
      this.attempted = text;
      this.show({ label: 'offline', reason: problem.detail });
      return this.pace.tryAgain(problem.retryAfterMs);
    }
    this.pace.succeeded();
    if (problem.code === 'stale_revision') return this.disagree(problem.current as Draft, text);
    const refused = refusedWith(problem, 'not saved');
    // It stays in this browser, for when the conversation is this person's again.
    this.loaded &&= !refused.outOfReach;
    this.show(refused);
  }

  private disagree(theirs: Draft, text: DraftText): void {
    const other = textOf(theirs);
    if (sameText(other, text)) return this.acknowledged(theirs, text);
    // They have sent or thrown away the text, or it is the own one whose answer got lost: this is the next revision.
    if (isEmptyText(other) || sameText(this.attempted, other)) {
      this.revision = theirs.revision;
      this.attempted = null;
      return void this.flush();
    }
    this.show({ theirs, label: 'conflict' });
  }

  private adopt(draft: Draft): void {
    this.text = textOf(draft);
    this.revision = draft.revision;
    this.dirty = false;
    if (!sameText(this.adopted.value, this.text) || !sameText(this.view.value, this.text)) this.adopted.next(this.text);
    const label = isEmptyText(this.text) ? 'empty' : 'saved';
    this.show({ ...this.text, theirs: null, label, savedAt: draft.savedAt, reason: null, authorId: draft.authorId });
    this.keep();
  }

  private forgetText(by: string | null = null): void {
    if (!this.leaving) void this.options.box.forget(this.options.key);
    this.clearEditor(by);
  }

  private clearEditor(authorId: string | null = null): void {
    this.pace.stop();
    this.text = NOTHING;
    this.failed = null;
    this.dirty = false;
    this.adopted.next({ ...NOTHING });
    this.show({ ...LOADING, label: 'empty', authorId, outOfReach: this.snapshot.outOfReach });
  }

  /** Text that the server has as the draft is kept only where it is still to be said that it was not sent. */
  private keep(): void {
    const { box, key, leadId, channel, now } = this.options;
    const { dirty, leaving, revision: baseRevision } = this;
    const { unsent } = this.snapshot;
    if (!dirty && !unsent) return void box.forget(key);
    const text = leaving ? joined(leaving, this.text) : this.text;
    void box.keep({ key, leadId, channel, ...text, baseRevision, typedAt: now(), unsent, saved: !dirty });
  }

  private show(change: Partial<DraftView>): void {
    this.view.next({ ...this.view.value, ...change, unsent: sameText(this.failed, this.text) });
  }
}
