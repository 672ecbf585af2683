import { Component, ElementRef, computed, effect, inject, input, signal, viewChild } from '@angular/core';
import { DomSanitizer } from '@angular/platform-browser';
import { ButtonDirective } from '../ui';
import { frameDocument, hasRemoteImages, plainNodes } from './mail-html';

/**
 * The text of one message. What is plain is rebuilt here, element by element; whatever brings its own styles, tables or
 * pictures is shown in a frame that can run nothing, load nothing and knows nothing of this page.
 */
@Component({
  selector: 'tl-mail-body',
  imports: [ButtonDirective],
  template: `
    <div class="plain" #plain [hidden]="framed()"></div>
    @if (framed()) {
      @if (remote()) {
        <p class="note">Pictures from other servers are not loaded, so nobody learns that you looked.</p>
      }
      <iframe
        sandbox="allow-popups allow-popups-to-escape-sandbox"
        referrerpolicy="no-referrer"
        loading="lazy"
        [title]="'Mail from ' + from()"
        [attr.srcdoc]="document()"
        [style.height.px]="tall() ? 720 : 280"
      ></iframe>
      <button tlButton small type="button" (click)="tall.set(!tall())">{{ tall() ? 'Show less' : 'Show more' }}</button>
    }
  `,
  styleUrl: './mail-body.component.scss',
})
export class MailBodyComponent {
  readonly content = input.required<string>();
  readonly from = input.required<string>();

  protected readonly framed = signal(false);
  protected readonly tall = signal(false);
  private readonly place = viewChild.required<ElementRef<HTMLElement>>('plain');
  private readonly sanitizer = inject(DomSanitizer);

  protected readonly remote = computed(() => hasRemoteImages(this.content()));
  // The frame's sandbox and its own policy make it harmless; Angular would take its styles away.
  protected readonly document = computed(() => this.sanitizer.bypassSecurityTrustHtml(frameDocument(this.content())));

  constructor() {
    effect(() => {
      const nodes = plainNodes(this.content());
      this.framed.set(nodes === null);
      this.place().nativeElement.replaceChildren(nodes ?? '');
    });
  }
}
