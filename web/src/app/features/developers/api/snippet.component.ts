import { Component, input } from '@angular/core';
import { CopyButtonComponent } from '../../../shared/ui';
import type { Snippet } from './quick-start';

/** Something to copy and run: `<tl-snippet [snippet]="call" />`. */
@Component({
  selector: 'tl-snippet',
  imports: [CopyButtonComponent],
  template: `
    <pre class="mono">{{ snippet().text }}</pre>
    <tl-copy [text]="snippet().text" [label]="'Copy: ' + snippet().label" />
  `,
  styles: `
    :host {
      display: flex;
      gap: 8px;
      align-items: flex-start;
      justify-content: space-between;
      padding: 4px 4px 4px 0;
      border: 1px solid var(--line);
      border-radius: var(--radius-control);
      background: var(--surface-1);
    }
    pre {
      flex: 1;
      min-width: 0;
      margin: 0;
      padding: 4px 0 4px 12px;
      white-space: pre-wrap;
      overflow-wrap: anywhere;
    }
  `,
})
export class SnippetComponent {
  readonly snippet = input.required<Snippet>();
}
