import { Component, computed, effect, inject, signal, untracked } from '@angular/core';
import { toSignal } from '@angular/core/rxjs-interop';
import { RouterLink } from '@angular/router';
import { FormControl, ReactiveFormsModule } from '@angular/forms';
import type { LegalHold, Member, RetentionPreview } from '@threadline/contracts';
import { Lock } from 'lucide';
import { startWith } from 'rxjs';
import { explain } from '../../../core/api';
import { Rights } from '../../../core/session';
import { MembersStore } from '../../../data/members';
import { RetentionStore } from '../../../data/retention';
import { SearchApi } from '../../../data/search';
import { Dialogs } from '../../../shared/dialog';
import { FieldComponent, InputDirective } from '../../../shared/form';
import { TimeComponent } from '../../../shared/format';
import { ErrorStateComponent, type Explanation, PageHeadComponent, SkeletonComponent } from '../../../shared/page';
import { Toasts } from '../../../shared/toast';
import { BadgeComponent, ButtonDirective, DangerButtonComponent } from '../../../shared/ui';
import { type HoldAsked, NewHoldDialog } from './new-hold.dialog';
import { actionWords, choicesWith, heldWords, monthsWords, previewWords } from './retention-words';

const NOBODY: ReadonlyMap<string, Member> = new Map();
/** Kinds of entries that a preview lists. */
const SHOWN_ACTIONS = 6;

/** How long the audit log is kept, what would go, and what is held. */
@Component({
  selector: 'tl-retention-page',
  imports: [
    BadgeComponent,
    ButtonDirective,
    DangerButtonComponent,
    ErrorStateComponent,
    FieldComponent,
    InputDirective,
    PageHeadComponent,
    ReactiveFormsModule,
    RouterLink,
    SkeletonComponent,
    TimeComponent,
  ],
  templateUrl: './retention.page.html',
  styleUrl: './retention.page.scss',
})
export class RetentionPage {
  private readonly store = inject(RetentionStore);
  private readonly search = inject(SearchApi);
  private readonly rights = inject(Rights);
  private readonly dialogs = inject(Dialogs);
  private readonly toasts = inject(Toasts);
  protected readonly members = toSignal(inject(MembersStore).byUser$, { initialValue: NOBODY });

  protected readonly icon = Lock;
  protected readonly state = toSignal(this.store.state$.pipe(startWith(null)), { initialValue: null });
  private readonly status = toSignal(this.store.status$);
  protected readonly mayWrite = computed(() => this.rights.can('audit:write'));
  protected readonly error = computed(() => {
    const cause = this.state() ? null : this.status()?.trouble?.cause;
    return cause ? explain(cause, 'load the retention') : null;
  });

  private readonly months = computed(() => this.state()?.retention.months ?? null);
  protected readonly kept = computed(() => monthsWords(this.months()));
  protected readonly choices = computed(() => choicesWith(this.months()));
  protected readonly choice = new FormControl('', { nonNullable: true });
  protected readonly wanted = toSignal(this.choice.valueChanges, { initialValue: '' });
  protected readonly wantedMonths = computed(() => (this.wanted() === '' ? null : Number(this.wanted())));
  protected readonly changed = computed(() => this.state() !== null && this.wantedMonths() !== this.months());
  protected readonly wantedWords = computed(() => monthsWords(this.wantedMonths()));
  protected readonly busy = signal(false);

  protected readonly preview = signal<RetentionPreview | null>(null);
  protected readonly previewFailed = signal<Explanation | null>(null);
  protected readonly previewWords = previewWords;
  protected readonly actions = computed(() => this.preview()?.actions.slice(0, SHOWN_ACTIONS) ?? []);
  protected readonly actionWords = actionWords;
  private looking = new AbortController();

  constructor() {
    // What holds is what is chosen, until somebody chooses otherwise, here or elsewhere.
    effect(() => {
      const months = this.months();
      untracked(() => this.choice.setValue(months === null ? '' : String(months)));
      if (this.mayWrite()) this.choice.enable({ emitEvent: false });
      else this.choice.disable({ emitEvent: false });
    });
    effect(() => {
      const months = this.wantedMonths();
      untracked(() => void this.look(months));
    });
  }

  protected refresh(): void {
    this.store.refresh();
  }

  protected async save(): Promise<void> {
    if (this.busy()) return;
    this.busy.set(true);
    try {
      await this.store.set(this.wantedMonths());
      this.toasts.show({ text: `The audit log is kept ${this.wantedWords()}` });
    } catch (error) {
      this.say(error, 'change the retention', 'It is kept as it was.');
    } finally {
      this.busy.set(false);
    }
  }

  protected again(): void {
    void this.look(this.wantedMonths());
  }

  protected async place(): Promise<void> {
    const asked: HoldAsked = {
      members: computed(() => [...this.members().values()]),
      search: (words, signal) => this.search.leads(words, signal),
      place: (wanted) => this.store.place(wanted),
    };
    const hold = await this.dialogs.open(NewHoldDialog, {
      label: 'Place a legal hold',
      data: asked,
      width: 520,
      allowed: this.mayWrite,
    });
    if (hold) this.toasts.show({ text: 'The hold is placed' });
  }

  protected async release(hold: LegalHold): Promise<void> {
    try {
      await this.store.release(hold.id);
      this.toasts.show({ text: 'The hold is released' });
    } catch (error) {
      this.say(error, 'release the hold', 'It still holds.');
    }
  }

  protected held(hold: LegalHold): string {
    return heldWords(hold, (thing) => (thing.startsWith('user:') ? this.nameOf(thing.slice('user:'.length)) : null));
  }

  protected leadsOf({ targets }: LegalHold): string[] {
    return targets.flatMap((target) => (target.startsWith('lead:') ? [target.slice('lead:'.length)] : []));
  }

  protected nameOf(userId: string | null): string | null {
    return userId === null ? null : (this.members().get(userId)?.name ?? null);
  }

  private async look(months: number | null): Promise<void> {
    this.looking.abort();
    const { signal: still } = (this.looking = new AbortController());
    this.preview.set(null);
    this.previewFailed.set(null);
    if (months === null) return;
    try {
      const preview = await this.store.preview(months, still);
      if (!still.aborted) this.preview.set(preview);
    } catch (error) {
      if (!still.aborted) this.previewFailed.set(explain(error, 'work out what would go', 'Nothing was cut.'));
    }
  }

  private say(error: unknown, doing: string, meanwhile: string): void {
    const { what, safe } = explain(error, doing, meanwhile);
    this.toasts.show({ text: `${what} ${safe}`.trim(), tone: 'bad' });
  }
}
