import { CdkConnectedOverlay, CdkOverlayOrigin, type ConnectedPosition } from '@angular/cdk/overlay';
import { Component, computed, inject, input, output, signal } from '@angular/core';
import type { Message } from '@threadline/contracts';
import { CircleAlert, Ellipsis, RotateCw } from 'lucide';
import { LOCALE, TIME_ZONE, Ticker, TimeComponent } from '../format';
import { MESSAGE_STATUS_WORDS } from '../status';
import { AvatarComponent, ButtonDirective, IconComponent, TipDirective } from '../ui';
import type { Evidence } from './desk.types';
import { EvidenceComponent } from './evidence.component';
import { MailBodyComponent } from './mail-body.component';
import { partsOf } from './mail-html';
import { stepsOf } from './send-words';

/** What went wrong with a message, and what a person can do about it. */
interface Mishap {
  what: string;
  todo: string;
  again: boolean;
}

/** One mail as a card: who, when, the text with its quote folded, and under an own one what became of it. */
@Component({
  selector: 'tl-message-card',
  imports: [
    AvatarComponent,
    ButtonDirective,
    CdkConnectedOverlay,
    CdkOverlayOrigin,
    EvidenceComponent,
    IconComponent,
    MailBodyComponent,
    TimeComponent,
    TipDirective,
  ],
  templateUrl: './message-card.component.html',
  styleUrl: './message-card.component.scss',
  host: {
    role: 'article',
    '[attr.aria-label]': 'label()',
    '[class.own]': "message().direction === 'outbound'",
    '[class.waiting]': 'pending()',
    '[class.fresh]': 'fresh()',
  },
})
export class MessageCardComponent {
  readonly message = input.required<Message>();
  /** Who wrote it. */
  readonly author = input.required<string>();
  readonly authorKey = input('');
  /** Not confirmed by the server yet. */
  readonly pending = input(false);
  /** A colleague's, that the person had not seen. */
  readonly fresh = input(false);
  readonly evidence = input<Evidence | null>(null);
  readonly trouble = input<string | null>(null);
  readonly showSubject = input(false);
  readonly maySend = input(true);
  readonly mayTrack = input(true);
  readonly sendAgain = output();
  readonly askEvidence = output();

  protected readonly icons = { alert: CircleAlert, more: Ellipsis, again: RotateCw };
  protected readonly unfolded = signal(false);
  protected readonly showing = signal(false);
  protected readonly positions: ConnectedPosition[] = [
    { originX: 'end', originY: 'bottom', overlayX: 'end', overlayY: 'top', offsetY: 6 },
    { originX: 'end', originY: 'top', overlayX: 'end', overlayY: 'bottom', offsetY: -6 },
    { originX: 'start', originY: 'top', overlayX: 'start', overlayY: 'bottom', offsetY: -6 },
  ];
  private readonly ticker = inject(Ticker);
  private readonly zone = inject(TIME_ZONE);
  private readonly locale = inject(LOCALE);

  protected readonly label = computed(() => {
    const { direction, subject } = this.message();
    return `${direction === 'outbound' ? 'Mail from' : 'Answer from'} ${this.author()}${subject ? `: ${subject}` : ''}`;
  });
  protected readonly parts = computed(() => partsOf(this.message().content));
  protected readonly steps = computed(() =>
    stepsOf(this.message(), { now: this.ticker.minute(), zone: this.zone(), locale: this.locale }),
  );
  protected readonly spoken = computed(() =>
    this.steps()
      .map(({ spoken }) => spoken)
      .join(', '),
  );
  protected readonly at = computed(() => this.message().sentAt ?? this.message().createdAt);
  protected readonly mishap = computed<Mishap | null>(() => {
    const { status, failure } = this.message();
    const what = MESSAGE_STATUS_WORDS[status].word;
    switch (status) {
      case 'failed':
        return { what: `${what}: ${failure ?? 'the mail server refused it'}`, todo: '', again: true };
      case 'unknown':
        return {
          what: `${what}: ${failure ?? 'the connection to the mail server was cut'}`,
          todo: 'Look whether it has arrived before you send it again.',
          again: true,
        };
      case 'bounced':
        return { what: `${what}: ${failure ?? 'the address takes no mail'}`, todo: 'Check the address.', again: false };
      case 'queued':
      case 'sending':
      case 'sent':
      case 'delivered':
      case 'cancelled':
      case 'received':
        return null;
    }
  });

  protected toggleEvidence(): void {
    this.showing.update((showing) => !showing);
    if (this.showing()) this.askEvidence.emit();
  }
}
