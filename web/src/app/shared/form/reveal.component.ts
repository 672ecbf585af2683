import { Component, input, signal } from '@angular/core';
import { Eye, EyeOff } from 'lucide';
import { ButtonDirective, IconComponent, TipDirective } from '../ui';

/** Shows and hides what stands in a password input: `<tl-reveal tlFieldEnd [of]="password" />`. */
@Component({
  selector: 'tl-reveal',
  imports: [ButtonDirective, IconComponent, TipDirective],
  template: `
    <button
      tlButton
      iconOnly
      small
      type="button"
      [attr.aria-label]="shown() ? 'Hide password' : 'Show password'"
      [tlTip]="shown() ? 'Hide password' : 'Show password'"
      (click)="toggle()"
    >
      <tl-icon [icon]="shown() ? icons.hide : icons.show" />
    </button>
  `,
})
export class RevealComponent {
  readonly of = input.required<HTMLInputElement>();
  protected readonly shown = signal(false);
  protected readonly icons = { show: Eye, hide: EyeOff };

  protected toggle(): void {
    this.shown.update((shown) => !shown);
    this.of().type = this.shown() ? 'text' : 'password';
  }
}
