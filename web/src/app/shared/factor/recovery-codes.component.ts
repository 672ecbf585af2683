import { DOCUMENT, Component, computed, inject, input, output } from '@angular/core';
import { Download, Printer } from 'lucide';
import { saveFile } from '../file';
import { ButtonDirective, CopyButtonComponent, IconComponent } from '../ui';

/** Recovery codes, the one time they can be seen: to copy, keep as a file, or print. */
@Component({
  selector: 'tl-recovery-codes',
  imports: [ButtonDirective, CopyButtonComponent, IconComponent],
  template: `
    <p>
      Keep these where you would still find them without your phone. Each signs you in once, in place of a code. They
      are not shown again.
    </p>
    <ol class="mono">
      @for (code of codes(); track code) {
        <li>{{ code }}</li>
      }
    </ol>
    <div class="acts">
      <tl-copy [text]="text()" label="Copy all codes" />
      <button tlButton type="button" (click)="download()"><tl-icon [icon]="icons.save" /> Download</button>
      <button tlButton type="button" (click)="print()"><tl-icon [icon]="icons.print" /> Print</button>
      <button tlButton class="done" look="primary" type="button" (click)="done.emit()">I have kept them</button>
    </div>
  `,
  styles: `
    :host {
      display: grid;
      gap: 14px;
    }
    p {
      color: var(--ink-2);
      text-wrap: pretty;
    }
    ol {
      display: grid;
      grid-template-columns: repeat(auto-fill, minmax(232px, 1fr));
      gap: 4px 24px;
      margin: 0;
      padding: 12px 16px;
      border: 1px solid var(--line);
      border-radius: var(--radius-control);
      background: var(--surface-0);
      list-style: none;
    }
    .acts {
      display: flex;
      flex-wrap: wrap;
      align-items: center;
      gap: 8px;
    }
    .done {
      margin-left: auto;
    }
  `,
})
export class RecoveryCodesComponent {
  readonly codes = input.required<readonly string[]>();
  /** Whose they are, for the file and the sheet of paper. */
  readonly account = input.required<string>();
  readonly done = output();
  protected readonly icons = { save: Download, print: Printer };
  private readonly document = inject(DOCUMENT);
  protected readonly text = computed(
    () => `Threadline recovery codes of ${this.account()}\nEach is good once.\n\n${this.codes().join('\n')}\n`,
  );

  protected download(): void {
    saveFile(new Blob([this.text()], { type: 'text/plain' }), 'threadline-recovery-codes.txt');
  }

  /** Prints the codes and nothing else of the page: from a frame of their own. */
  protected print(): void {
    const frame = this.document.createElement('iframe');
    frame.hidden = true;
    this.document.body.append(frame);
    const sheet = frame.contentDocument?.createElement('pre');
    if (sheet) {
      sheet.textContent = this.text();
      frame.contentDocument?.body.append(sheet);
      frame.contentWindow?.addEventListener('afterprint', () => frame.remove());
      frame.contentWindow?.print();
    }
  }
}
