import { Component, computed, effect, inject, input, signal, untracked } from '@angular/core';
import { toSignal } from '@angular/core/rxjs-interop';
import { Router, RouterLink } from '@angular/router';
import type { Lead, Member, PrivacyKind, PrivacyRequest } from '@threadline/contracts';
import { FileText, UserRoundX } from 'lucide';
import { startWith } from 'rxjs';
import { explain } from '../../../core/api';
import { Session } from '../../../core/session';
import { MembersStore } from '../../../data/members';
import { PrivacyStore } from '../../../data/privacy';
import { SearchApi } from '../../../data/search';
import { Dialogs } from '../../../shared/dialog';
import { saveFile } from '../../../shared/file';
import { Ticker, TimeComponent } from '../../../shared/format';
import {
  EmptyStateComponent,
  ErrorStateComponent,
  PageHeadComponent,
  SkeletonRowsComponent,
} from '../../../shared/page';
import { Toasts } from '../../../shared/toast';
import { BadgeComponent, ButtonDirective } from '../../../shared/ui';
import { NewRequestDialog, type RequestAsked } from './new-request.dialog';
import { countWords, stateWords } from './request-words';

const NOBODY: ReadonlyMap<string, Member> = new Map();

/** What people asked of those who hold their data, and what became of it. */
@Component({
  selector: 'tl-privacy-page',
  imports: [
    BadgeComponent,
    ButtonDirective,
    EmptyStateComponent,
    ErrorStateComponent,
    PageHeadComponent,
    RouterLink,
    SkeletonRowsComponent,
    TimeComponent,
  ],
  templateUrl: './privacy.page.html',
  styleUrl: './privacy.page.scss',
})
export class PrivacyPage {
  /** The id of a lead that is to be erased, as its page asks. */
  readonly erase = input<string>();

  private readonly store = inject(PrivacyStore);
  private readonly search = inject(SearchApi);
  private readonly session = inject(Session);
  private readonly dialogs = inject(Dialogs);
  private readonly toasts = inject(Toasts);
  private readonly ticker = inject(Ticker);
  private readonly router = inject(Router);
  private readonly members = toSignal(inject(MembersStore).byUser$, { initialValue: NOBODY });

  protected readonly icons = { none: FileText, erase: UserRoundX };
  protected readonly requests = toSignal(this.store.requests$.pipe(startWith(null)));
  private readonly status = toSignal(this.store.status$);
  protected readonly fetching = signal<string | null>(null);
  protected readonly error = computed(() => {
    const cause = this.requests() ? null : this.status()?.trouble?.cause;
    return cause ? explain(cause, 'load the requests') : null;
  });
  protected readonly stateOf = stateWords;
  protected readonly counted = countWords;

  constructor() {
    effect(() => {
      const leadId = this.erase();
      if (leadId) untracked(() => void this.askFor(leadId));
    });
  }

  protected refresh(): void {
    this.store.refresh();
  }

  protected async ask(kind: PrivacyKind, lead: Lead | null = null): Promise<void> {
    const asked: RequestAsked = {
      kind,
      lead,
      search: (words, signal) => this.search.leads(words, signal),
      make: (what, leadId) => this.store.make(what, leadId),
    };
    const label = kind === 'erase' ? 'Erase a lead' : 'Export what is known of a lead';
    await this.dialogs.open(NewRequestDialog, { label, data: asked, width: 520, focus: 'input' });
  }

  /** Asked once: going back or reloading does not ask again. */
  private async askFor(leadId: string): Promise<void> {
    await this.router.navigate([], { queryParams: { erase: null }, replaceUrl: true });
    try {
      await this.ask('erase', await this.store.lead(leadId));
    } catch (error) {
      const { what, safe } = explain(error, 'find the lead', 'Nothing was erased.');
      this.toasts.show({ text: `${what} ${safe}`.trim(), tone: 'bad' });
    }
  }

  protected by(request: PrivacyRequest): string {
    return this.members().get(request.requestedBy)?.name ?? 'a former member';
  }

  /** Only its maker may fetch a file, while it is there. */
  protected hasFile({ fileUntil, requestedBy }: PrivacyRequest): boolean {
    return (
      fileUntil !== null && Date.parse(fileUntil) > this.ticker.minute() && requestedBy === this.session.me()?.user.id
    );
  }

  protected receipt({ id }: PrivacyRequest): Promise<void> {
    return this.fetch(id, `receipt-${id}.json`, 'fetch the receipt', () => this.store.receipt(id));
  }

  protected file({ id }: PrivacyRequest, format: 'json' | 'html'): Promise<void> {
    return this.fetch(id, `data-${id}.${format}`, 'fetch the file', () => this.store.file(id, format));
  }

  private async fetch(id: string, name: string, doing: string, get: () => Promise<Blob>): Promise<void> {
    if (this.fetching() !== null) return;
    this.fetching.set(id);
    try {
      saveFile(await get(), name);
    } catch (error) {
      const { what, safe } = explain(error, doing);
      this.toasts.show({ text: `${what} ${safe ?? ''}`.trim(), tone: 'bad' });
    } finally {
      this.fetching.set(null);
    }
  }
}
