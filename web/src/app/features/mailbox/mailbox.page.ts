import { Component, computed, inject, input, linkedSignal, resource, signal, viewChild } from '@angular/core';
import { toObservable, toSignal } from '@angular/core/rxjs-interop';
import { Router, RouterLink } from '@angular/router';
import type { MailboxMailPage } from '@threadline/contracts';
import { ArrowLeft, Mailbox, X } from 'lucide';
import { of, startWith, switchMap } from 'rxjs';
import { explain } from '../../core/api';
import { kept } from '../../core/browser';
import { useListShortcuts } from '../../core/keys';
import { type Aftermath, MailboxApi, MailboxStore, scanWords } from '../../data/mailbox';
import { EmptyStateComponent, ErrorStateComponent, SkeletonComponent, SkeletonRowsComponent } from '../../shared/page';
import { Toasts } from '../../shared/toast';
import { ButtonDirective, IconComponent } from '../../shared/ui';
import { MailListComponent } from './mail-list.component';
import { type MailDeed, MailViewComponent } from './mail-view.component';

const HINT = 'mailbox:hint';

const DOING: Record<MailDeed['do'], string> = {
  open: 'open the mail',
  click: 'follow the link',
  reply: 'send the reply',
  bounce: 'send it back',
  scan: 'scan the mail',
};

/** The built-in mailbox: it plays the people who get the workspace's mail, and their machines. */
@Component({
  selector: 'tl-mailbox-page',
  imports: [
    ButtonDirective,
    EmptyStateComponent,
    ErrorStateComponent,
    IconComponent,
    MailListComponent,
    MailViewComponent,
    RouterLink,
    SkeletonComponent,
    SkeletonRowsComponent,
  ],
  templateUrl: './mailbox.page.html',
  styleUrl: './mailbox.page.scss',
})
export class MailboxPage {
  /** The mail that is read. */
  readonly id = input<string>();

  private readonly store = inject(MailboxStore);
  private readonly api = inject(MailboxApi);
  private readonly router = inject(Router);
  private readonly toasts = inject(Toasts);
  protected readonly icons = { mailbox: Mailbox, back: ArrowLeft, close: X };

  protected readonly state = toSignal(this.store.state$);
  private readonly status = toSignal(this.store.status$);
  protected readonly listError = computed(() => {
    const cause = this.state() ? null : this.status()?.trouble?.cause;
    return cause ? explain(cause, 'load the mails') : null;
  });
  private readonly read = resource({
    params: () => this.id(),
    loader: ({ params: id }) => this.api.one(id),
  });
  /** As it was read, or as the last deed left it. */
  protected readonly mail = linkedSignal<MailboxMailPage | undefined>(() =>
    this.read.hasValue() ? this.read.value() : undefined,
  );
  protected readonly mailError = computed(() => {
    const error = this.read.error();
    return error ? explain(error.cause ?? error, 'load the mail') : null;
  });
  private readonly messageId = computed(() => this.mail()?.messageId);
  protected readonly aftermath = toSignal(
    toObservable(this.messageId).pipe(
      switchMap((messageId) =>
        messageId ? this.store.aftermath(messageId).pipe(startWith<readonly Aftermath[]>([])) : of([]),
      ),
    ),
    { initialValue: [] as readonly Aftermath[] },
  );
  protected readonly said = linkedSignal({ source: this.id, computation: () => '' });
  protected readonly busy = signal<MailDeed['do'] | null>(null);
  protected readonly hint = signal(kept.read(HINT) !== 'seen');
  private readonly asked = signal<string | null>(null);
  private readonly view = viewChild(MailViewComponent);

  constructor() {
    useListShortcuts(
      () => (this.state() ? { move: (by) => this.move(by), openActive: () => undefined } : undefined),
      'mail',
    );
  }

  protected closeHint(): void {
    this.hint.set(false);
    kept.write(HINT, 'seen');
  }

  protected refresh(): void {
    this.store.refresh();
  }

  protected readAgain(): void {
    this.read.reload();
  }

  protected async older(): Promise<void> {
    const cursor = this.state()?.nextCursor ?? null;
    if (cursor === null || this.asked() === cursor) return;
    this.asked.set(cursor);
    try {
      await this.store.older(cursor);
    } catch (error) {
      this.toasts.show({
        text: explain(error, 'load older mails', '').what,
        tone: 'bad',
        action: { label: 'Try again', run: () => this.asked.set(null) },
      });
    }
  }

  protected async act(deed: MailDeed): Promise<void> {
    const id = this.id();
    if (!id || this.busy()) return;
    this.busy.set(deed.do);
    try {
      const words = await this.perform(id, deed);
      if (this.id() === id) this.said.set(words);
    } catch (error) {
      const { what, safe } = explain(error, DOING[deed.do], '');
      this.toasts.show({ text: `${what} ${safe}`.trim(), tone: 'bad' });
    } finally {
      this.busy.set(null);
    }
  }

  /** Does it, and answers what happened in words. */
  private async perform(id: string, deed: MailDeed): Promise<string> {
    switch (deed.do) {
      case 'open':
        this.keep(await this.api.open(id));
        return 'The recipient’s mail program opened it and loaded its pictures.';
      case 'click': {
        const { location } = await this.api.click(id, deed.index);
        const led = location ? `was led to ${location}` : 'was led nowhere';
        return `The recipient clicked “${deed.text}” and ${led}.`;
      }
      case 'reply':
        this.keep(await this.api.reply(id, deed.text));
        this.view()?.answered();
        return 'The recipient answered by mail.';
      case 'bounce':
        this.keep(await this.api.bounce(id, deed.kind));
        return deed.kind === 'hard'
          ? 'Their mail server sent it back: there is no such person.'
          : 'Their mail server sent it back: the mailbox is full.';
      case 'scan': {
        const { requests } = await this.api.scan(id);
        return scanWords(requests, this.mail()?.links.length ?? 0);
      }
    }
  }

  private keep(mail: MailboxMailPage): void {
    if (mail.id === this.id()) this.mail.set(mail);
    this.store.mark(mail);
  }

  private move(by: number): void {
    const mails = this.state()?.items ?? [];
    const at = mails.findIndex(({ id }) => id === this.id());
    const next = mails[at < 0 ? 0 : Math.max(0, Math.min(mails.length - 1, at + by))];
    if (next) void this.router.navigate(['/mailbox', next.id]);
  }
}
