import { Component, computed, inject } from '@angular/core';
import { DialogFrameComponent } from '../../shared/dialog';
import { KbdComponent } from '../../shared/ui';
import { Shortcuts } from './shortcuts.service';

/** The printed sheet of every shortcut that works on the present page; opened by `?`. */
@Component({
  selector: 'tl-shortcuts-sheet',
  imports: [DialogFrameComponent, KbdComponent],
  template: `
    <tl-dialog-frame heading="Keyboard shortcuts">
      <div class="groups">
        @for (group of groups(); track group.group) {
          <section>
            <h3>{{ group.group }}</h3>
            <dl>
              @for (act of group.acts; track act.label) {
                <div>
                  <dt>{{ act.label }}</dt>
                  @for (keys of act.keys; track keys) {
                    <dd><tl-kbd [keys]="keys" /></dd>
                  }
                </div>
              }
            </dl>
          </section>
        }
      </div>
      <label class="switch">
        <input
          #single
          class="tl-check"
          type="checkbox"
          [checked]="shortcuts.singleKeys()"
          (change)="shortcuts.useSingleKeys(single.checked)"
        />
        <span>Shortcuts of single keys<small>Switch off if you dictate, or if they get in your way.</small></span>
      </label>
    </tl-dialog-frame>
  `,
  styles: `
    .groups {
      columns: 2 240px;
      column-gap: 32px;
    }
    section {
      margin-bottom: 20px;
      break-inside: avoid;
    }
    h3 {
      margin-bottom: 4px;
      color: var(--ink-3);
      font: var(--type-meta);
      font-weight: 500;
    }
    dl > div {
      display: flex;
      align-items: center;
      justify-content: space-between;
      gap: 12px;
      min-height: 30px;
      border-bottom: 1px solid var(--line);
    }
    dt {
      flex: 1;
    }
    tl-kbd {
      display: inline-flex;
    }
    .switch {
      display: flex;
      align-items: flex-start;
      gap: 8px;
      margin-top: 4px;
      cursor: pointer;
    }
    .switch input {
      margin-top: 3px;
    }
    small {
      display: block;
      color: var(--ink-3);
      font: var(--type-meta);
    }
  `,
})
export class ShortcutsSheetDialog {
  protected readonly shortcuts = inject(Shortcuts);
  /** Each act once, with all its keys. */
  protected readonly groups = computed(() =>
    this.shortcuts.groups().map(({ group, shortcuts }) => ({
      group,
      acts: [...new Set(shortcuts.map(({ label }) => label))].map((label) => ({
        label,
        keys: shortcuts.filter((each) => each.label === label).map(({ keys }) => keys),
      })),
    })),
  );
}
