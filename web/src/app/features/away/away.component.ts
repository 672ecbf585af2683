import { Component, computed, input, output } from '@angular/core';
import type { ApiProblemCode } from '../../core/api';
import { ButtonDirective, CopyButtonComponent, MarkComponent } from '../../shared/ui';

interface Words {
  title: string;
  text: string;
}

/**
 * The whole screen while the API has no answer at the first load: the installation is starting, its database is away,
 * or it cannot be reached at all. Tries again by itself.
 */
@Component({
  selector: 'tl-away',
  imports: [ButtonDirective, CopyButtonComponent, MarkComponent],
  template: `
    <main>
      <tl-mark [size]="36" />
      <div role="status">
        <h1>{{ words().title }}</h1>
        <p>{{ words().text }}</p>
      </div>
      <p class="turn"><span class="ring" aria-hidden="true"></span> Trying again by itself</p>
      <button tlButton look="secondary" type="button" (click)="again.emit()">Try now</button>
      @if (requestId(); as id) {
        <p class="id">
          Request <code class="mono">{{ id }}</code> <tl-copy [text]="id" label="Copy request id" />
        </p>
      }
    </main>
  `,
  styles: `
    :host {
      position: fixed;
      z-index: 100;
      inset: 0;
      display: grid;
      place-items: center;
      padding: 24px;
      background: var(--surface-0);
      animation: tl-fade var(--calm) var(--ease);
    }
    main {
      display: grid;
      justify-items: center;
      gap: 16px;
      max-width: 400px;
      text-align: center;
    }
    h1 {
      margin-bottom: 4px;
    }
    p {
      color: var(--ink-2);
      font: var(--type-read);
      text-wrap: balance;
    }
    .turn {
      display: flex;
      align-items: center;
      gap: 8px;
      font: var(--type-ui);
    }
    .ring {
      width: 12px;
      height: 12px;
      border: 2px solid var(--line-strong);
      border-top-color: var(--accent);
      border-radius: 50%;
      animation: tl-turn 1s linear infinite;
    }
    .id {
      color: var(--ink-3);
      font: var(--type-meta);
    }
    tl-copy {
      display: inline-block;
      vertical-align: middle;
    }
    code {
      overflow-wrap: anywhere;
    }
  `,
})
export class AwayComponent {
  readonly code = input.required<ApiProblemCode>();
  readonly requestId = input<string | null>(null);
  readonly again = output();

  protected readonly words = computed<Words>(() => {
    switch (this.code()) {
      case 'not_ready':
        return {
          title: 'Threadline is starting',
          text: 'The installation is getting ready. This page opens as soon as it is.',
        };
      case 'database_away':
        return {
          title: 'The database is away',
          text: 'Threadline runs, but cannot reach its database. Nothing is lost: what was saved is there when it is back.',
        };
      case 'unreachable':
        return {
          title: 'Threadline cannot be reached',
          text: 'No answer from the server. Your work on this device is kept; check your network, or whether the server runs.',
        };
      default:
        return {
          title: 'Threadline cannot open just now',
          text: 'The server answered with a fault. Nothing was changed; whoever runs it can look it up by the request id.',
        };
    }
  });
}
