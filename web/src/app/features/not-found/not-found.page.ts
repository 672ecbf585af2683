import { Component } from '@angular/core';
import { RouterLink } from '@angular/router';
import { Spool } from 'lucide';
import { ButtonDirective, IconComponent } from '../../shared/ui';

/** An address that leads nowhere, or to something this person may not see: the two are not told apart. */
@Component({
  selector: 'tl-not-found-page',
  imports: [ButtonDirective, IconComponent, RouterLink],
  template: `
    <tl-icon [icon]="icon" [size]="24" />
    <h1>There is nothing here</h1>
    <p>The address may be mistyped, the thing may be gone, or you may not have the right to see it.</p>
    <a tlButton look="secondary" routerLink="/">Go to the start</a>
  `,
  styles: `
    :host {
      display: grid;
      place-content: center;
      justify-items: center;
      gap: 12px;
      height: 100%;
      padding: 24px;
      text-align: center;
    }
    tl-icon {
      color: var(--ink-3);
    }
    p {
      max-width: 44ch;
      margin-bottom: 8px;
      color: var(--ink-2);
      font: var(--type-read);
      text-wrap: balance;
    }
  `,
})
export class NotFoundPage {
  protected readonly icon = Spool;
}
