import { Component, computed, inject, input, signal } from '@angular/core';
import { toObservable, toSignal } from '@angular/core/rxjs-interop';
import { Router } from '@angular/router';
import { RECEIVER_ANSWERS, type ReceiverAnswer, type WebhookReceiver } from '@threadline/contracts';
import { Inbox } from 'lucide';
import { catchError, EMPTY, from, map, of, startWith, switchMap } from 'rxjs';
import { explain } from '../../../core/api';
import { WebhooksApi, WebhooksStore } from '../../../data/webhooks';
import { TimeComponent } from '../../../shared/format';
import {
  EmptyStateComponent,
  ErrorStateComponent,
  PageHeadComponent,
  SkeletonRowsComponent,
} from '../../../shared/page';
import { Toasts } from '../../../shared/toast';
import { BadgeComponent, ButtonDirective, CopyButtonComponent, DangerButtonComponent } from '../../../shared/ui';
import { ReceptionComponent } from './reception.component';

const ANSWERS: Record<ReceiverAnswer, string> = {
  ok: '200, takes it',
  error: '500, fails',
  busy: '429, ask again in 30 s',
  gone: '410, gone for good',
  slow: '200, but after 20 s',
};

/** Addresses of this server to try webhooks on: what came, live, and how they answer. */
@Component({
  selector: 'tl-receivers-page',
  imports: [
    BadgeComponent,
    ButtonDirective,
    CopyButtonComponent,
    DangerButtonComponent,
    EmptyStateComponent,
    ErrorStateComponent,
    PageHeadComponent,
    ReceptionComponent,
    SkeletonRowsComponent,
    TimeComponent,
  ],
  templateUrl: './receivers.page.html',
  styleUrl: './receivers.page.scss',
})
export class ReceiversPage {
  /** Which receiver, and what of what it got. */
  readonly receiver = input<string>();
  readonly reception = input<string>();

  private readonly api = inject(WebhooksApi);
  private readonly store = inject(WebhooksStore);
  private readonly router = inject(Router);
  private readonly toasts = inject(Toasts);

  protected readonly icon = Inbox;
  protected readonly answers = RECEIVER_ANSWERS;
  protected readonly answerWords = ANSWERS;
  protected readonly busy = signal(false);
  private readonly listed = toSignal(this.store.receivers$);
  protected readonly receivers = computed(() => this.listed()?.items ?? null);
  protected readonly error = computed(() => {
    const cause = this.receivers() ? null : this.listed()?.cause;
    return cause ? explain(cause, 'load the receivers') : null;
  });
  protected readonly chosen = computed(
    () => this.receivers()?.find(({ id }) => id === this.receiver()) ?? this.receivers()?.[0] ?? null,
  );
  private readonly chosenId = computed(() => this.chosen()?.id ?? null);
  private readonly got = toSignal(
    toObservable(this.chosenId).pipe(switchMap((id) => (id ? this.store.receptions(id) : of(null)))),
  );
  protected readonly receptions = computed(() => this.got()?.items ?? null);
  protected readonly open = toSignal(
    toObservable(this.reception).pipe(
      switchMap((id) =>
        id
          ? from(this.api.reception(id)).pipe(
              map((detail) => ({ detail, error: null })),
              catchError((cause: unknown) => of({ detail: null, error: explain(cause, 'load the request') })),
              startWith(null),
            )
          : of(null),
      ),
      catchError(() => EMPTY),
    ),
  );

  protected ask(queryParams: Record<string, string | null>): void {
    void this.router.navigate(['/developers/receivers'], { queryParams, queryParamsHandling: 'merge' });
  }

  protected make(): Promise<void> {
    return this.act('make a receiver', async () => {
      const made = await this.api.makeReceiver();
      this.ask({ receiver: made.id, reception: null });
    });
  }

  protected answer({ id }: WebhookReceiver, text: string): Promise<void> {
    const answer = RECEIVER_ANSWERS.find((each) => each === text) ?? 'ok';
    return this.act('tell the receiver how to answer', () => this.api.answer(id, answer));
  }

  protected clear({ id }: WebhookReceiver): Promise<void> {
    this.ask({ reception: null });
    return this.act('clear the receiver', () => this.api.clear(id));
  }

  protected remove({ id }: WebhookReceiver): Promise<void> {
    this.ask({ receiver: null, reception: null });
    return this.act('delete the receiver', () => this.api.deleteReceiver(id));
  }

  private async act(doing: string, work: () => Promise<unknown>): Promise<void> {
    if (this.busy()) return;
    this.busy.set(true);
    try {
      await work();
      this.store.again();
    } catch (error) {
      const { what, todo } = explain(error, doing);
      this.toasts.show({ text: `${what} ${todo}`.trim(), tone: 'bad' });
    } finally {
      this.busy.set(false);
    }
  }
}
