import { Component, ElementRef, booleanAttribute, input, output, signal, viewChild } from '@angular/core';
import { FileText, Upload, X } from 'lucide';
import { ButtonDirective, IconComponent } from '../../shared/ui';

/** Where files are dropped or chosen. They are only read here: nothing is sent. */
@Component({
  selector: 'tl-file-drop',
  imports: [ButtonDirective, IconComponent],
  template: `
    <div
      class="ground"
      [class.over]="over()"
      (dragover)="$event.preventDefault(); over.set(true)"
      (dragleave)="over.set(false)"
      (drop)="dropped($event)"
    >
      <div class="ask">
        <tl-icon [icon]="icons.upload" />
        <button tlButton look="secondary" type="button" [disabled]="disabled()" (click)="field.click()">
          {{ label() }}
        </button>
        <span class="ink-3">{{ hint() }}</span>
        <input
          #field
          class="visually-hidden"
          type="file"
          tabindex="-1"
          [attr.aria-label]="label()"
          [accept]="accept()"
          [multiple]="multiple()"
          (change)="chosen()"
        />
      </div>
      @if (files().length > 0) {
        <ul>
          @for (file of files(); track $index) {
            <li>
              <tl-icon [icon]="icons.file" [size]="14" />
              <span class="name truncate">{{ file.name }}</span>
              <span class="ink-3 num">{{ sizeOf(file) }}</span>
              <button
                tlButton
                iconOnly
                small
                type="button"
                [disabled]="disabled()"
                [attr.aria-label]="'Take out ' + file.name"
                (click)="out.emit(file)"
              >
                <tl-icon [icon]="icons.out" [size]="14" />
              </button>
            </li>
          }
        </ul>
      }
    </div>
  `,
  styles: `
    .ground {
      display: grid;
      gap: 8px;
      padding: 12px;
      border: 1px dashed var(--line-strong);
      border-radius: var(--radius-panel);

      &.over {
        border-color: var(--accent);
        background: var(--accent-soft);
      }
    }
    .ask {
      display: flex;
      flex-wrap: wrap;
      align-items: center;
      gap: 8px;
      color: var(--ink-3);
    }
    ul {
      display: grid;
      gap: 2px;
      margin: 0;
      padding: 0;
      list-style: none;
    }
    li {
      display: flex;
      align-items: center;
      gap: 8px;
      min-width: 0;
    }
    .name {
      min-width: 0;
    }
  `,
})
export class FileDropComponent {
  readonly label = input.required<string>();
  readonly hint = input('');
  readonly accept = input('');
  readonly multiple = input(false, { transform: booleanAttribute });
  readonly disabled = input(false, { transform: booleanAttribute });
  readonly files = input.required<readonly File[]>();
  readonly taken = output<File[]>();
  readonly out = output<File>();

  protected readonly over = signal(false);
  protected readonly icons = { upload: Upload, file: FileText, out: X };
  private readonly input = viewChild.required<ElementRef<HTMLInputElement>>('field');

  protected chosen(): void {
    const field = this.input().nativeElement;
    this.take(field.files);
    // The same file may be chosen again, after it was changed.
    field.value = '';
  }

  protected dropped(event: DragEvent): void {
    event.preventDefault();
    this.over.set(false);
    if (!this.disabled()) this.take(event.dataTransfer?.files ?? null);
  }

  protected sizeOf({ size }: File): string {
    const steps = ['B', 'KB', 'MB', 'GB'];
    const step = Math.min(steps.length - 1, Math.floor(Math.log10(Math.max(1, size)) / 3));
    return `${(size / 1_000 ** step).toFixed(step === 0 ? 0 : 1)} ${steps[step]}`;
  }

  private take(files: FileList | null): void {
    const list = [...(files ?? [])];
    if (list.length > 0) this.taken.emit(this.multiple() ? list : list.slice(0, 1));
  }
}
