import { Component, input } from '@angular/core';
import { CopyButtonComponent } from '../../shared/ui';

/** The signing secret, shown this once, with a way to copy it. */
@Component({
  selector: 'tl-secret-once',
  imports: [CopyButtonComponent],
  template: `
    <p><strong>Copy it now.</strong> {{ sentence() }}</p>
    <div class="secret">
      <code class="mono" aria-label="Signing secret">{{ secret() }}</code>
      <tl-copy [text]="secret()" label="Copy the signing secret" />
    </div>
  `,
  styles: `
    .secret {
      display: flex;
      align-items: center;
      gap: 8px;
      margin-top: 12px;
      padding: 8px 8px 8px 12px;
      border: 1px solid var(--line-strong);
      border-radius: var(--radius-control);
      background: var(--surface-2);
    }
    code {
      flex: 1;
      min-width: 0;
      overflow-wrap: anywhere;
      user-select: all;
    }
  `,
})
export class SecretOnceComponent {
  readonly secret = input.required<string>();
  readonly sentence = input.required<string>();
}
