import { Component, ElementRef, computed, inject, input, linkedSignal, output, signal, viewChild } from '@angular/core';
import { FormControl, FormGroup, ReactiveFormsModule, Validators } from '@angular/forms';
import { DomSanitizer } from '@angular/platform-browser';
import type { MailboxMailPage } from '@threadline/contracts';
import { ChevronDown, CornerDownLeft, ExternalLink, MailOpen, Reply, ShieldCheck } from 'lucide';
import { CdkMenu, CdkMenuItem, CdkMenuTrigger } from '@angular/cdk/menu';
import type { Aftermath } from '../../data/mailbox';
import { FieldComponent, InputDirective } from '../../shared/form';
import { TimeComponent } from '../../shared/format';
import { AvatarComponent, BadgeComponent, ButtonDirective, IconComponent, TipDirective } from '../../shared/ui';
import { mailDocument } from './mail-frame';

/** What the recipient, or a machine on their side, is asked to do. */
export type MailDeed =
  | { do: 'open' }
  | { do: 'click'; index: number; text: string }
  | { do: 'reply'; text: string }
  | { do: 'bounce'; kind: 'hard' | 'soft' }
  | { do: 'scan' };

const TABS = ['Mail', 'Text', 'Source'] as const;

/** One mail as its recipient has it, and what they can do with it. */
@Component({
  selector: 'tl-mail-view',
  imports: [
    AvatarComponent,
    BadgeComponent,
    ButtonDirective,
    CdkMenu,
    CdkMenuItem,
    CdkMenuTrigger,
    FieldComponent,
    IconComponent,
    InputDirective,
    ReactiveFormsModule,
    TimeComponent,
    TipDirective,
  ],
  templateUrl: './mail-view.component.html',
  styleUrl: './mail-view.component.scss',
})
export class MailViewComponent {
  readonly mail = input.required<MailboxMailPage>();
  /** What Threadline made of it, newest first. */
  readonly aftermath = input.required<readonly Aftermath[]>();
  /** What was done last, in words. */
  readonly said = input('');
  readonly busy = input<MailDeed['do'] | null>(null);
  readonly deed = output<MailDeed>();

  protected readonly icons = {
    open: MailOpen,
    reply: Reply,
    bounce: CornerDownLeft,
    scan: ShieldCheck,
    link: ExternalLink,
    down: ChevronDown,
  };
  protected readonly tabs = TABS;
  protected readonly tab = signal<(typeof TABS)[number]>('Mail');
  protected readonly replying = linkedSignal({ source: () => this.mail().id, computation: () => false });
  protected readonly reply = new FormControl('', {
    nonNullable: true,
    validators: [Validators.required, Validators.maxLength(20_000)],
  });
  protected readonly form = new FormGroup({ reply: this.reply });
  private readonly sanitizer = inject(DomSanitizer);
  private readonly box = viewChild<ElementRef<HTMLTextAreaElement>>('box');
  private readonly host = inject<ElementRef<HTMLElement>>(ElementRef).nativeElement;

  // The frame's sandbox and its own policy make it harmless; Angular would take its styles away.
  protected readonly document = computed(() => this.sanitizer.bypassSecurityTrustHtml(mailDocument(this.mail().html)));

  protected startReply(): void {
    this.replying.set(true);
    setTimeout(() => this.box()?.nativeElement.focus());
  }

  protected sendReply(): void {
    this.reply.markAsTouched();
    const text = this.reply.value.trim();
    if (!text || this.reply.invalid) return;
    this.deed.emit({ do: 'reply', text });
  }

  /** The answer has left: the form is done with. */
  answered(): void {
    this.reply.reset();
    this.replying.set(false);
  }

  protected walkTabs(event: KeyboardEvent): void {
    const by = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0;
    if (by === 0) return;
    event.preventDefault();
    const next = TABS[(TABS.indexOf(this.tab()) + by + TABS.length) % TABS.length] ?? 'Mail';
    this.tab.set(next);
    this.host.querySelector<HTMLElement>(`#tl-mail-tab-${next}`)?.focus();
  }
}
