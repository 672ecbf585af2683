import { Component, input } from '@angular/core';
import { KeyRound } from 'lucide';
import { CopyButtonComponent, IconComponent } from '../../shared/ui';

/** A secret that is shown this once, with a way to copy it. The sentence says what it is and where it goes. */
@Component({
  selector: 'tl-secret-shown',
  imports: [CopyButtonComponent, IconComponent],
  template: `
    <p class="say">
      <tl-icon [icon]="icon" />
      <span><strong>Copy it now.</strong> {{ sentence() }}</span>
    </p>
    <div class="secret">
      <code class="mono" [attr.aria-label]="label()">{{ secret() }}</code>
      <tl-copy [text]="secret()" [label]="'Copy ' + label()" />
    </div>
  `,
  styles: `
    .say {
      display: flex;
      gap: 8px;
      margin-bottom: 12px;
    }
    .say tl-icon {
      margin-top: 2px;
      color: var(--ink-3);
    }
    .secret {
      display: flex;
      align-items: center;
      gap: 8px;
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
export class SecretShownComponent {
  /** What it is, after "Copy". */
  readonly label = input.required<string>();
  readonly secret = input.required<string>();
  readonly sentence = input.required<string>();
  protected readonly icon = KeyRound;
}
