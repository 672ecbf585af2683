import { Component, input } from '@angular/core';
import { MarkComponent } from '../../shared/ui';

/** The frame of what stands before the app: mark, heading, one sentence, the form, and what else one might want. */
@Component({
  selector: 'tl-gate-frame',
  imports: [MarkComponent],
  template: `
    <main>
      <header>
        <tl-mark [size]="36" />
        <h1>{{ heading() }}</h1>
        @if (sentence()) {
          <p>{{ sentence() }}</p>
        }
      </header>
      <ng-content />
      <footer><ng-content select="[tlGateFoot]" /></footer>
    </main>
  `,
  styles: `
    :host {
      display: grid;
      grid-template-rows: minmax(24px, 1fr) auto minmax(24px, 1.6fr);
      height: 100%;
      padding: 0 24px;
      overflow-y: auto;
    }
    main {
      grid-row: 2;
      display: grid;
      gap: 24px;
      width: 100%;
      max-width: 360px;
      margin: 0 auto;
      animation: tl-fade var(--calm) var(--ease);
    }
    header {
      display: grid;
      justify-items: start;
      gap: 4px;
    }
    tl-mark {
      margin-bottom: 16px;
    }
    p {
      color: var(--ink-2);
      font: var(--type-read);
      text-wrap: pretty;
    }
    footer {
      padding-top: 16px;
      border-top: 1px solid var(--line);
      color: var(--ink-2);
    }
    footer:not(:has(*)) {
      display: none;
    }
  `,
})
export class GateFrameComponent {
  readonly heading = input.required<string>();
  readonly sentence = input('');
}
