import { DialogRef } from '@angular/cdk/dialog';
import { Component, ElementRef, computed, effect, inject, linkedSignal, viewChild } from '@angular/core';
import { toSignal } from '@angular/core/rxjs-interop';
import { Search, X } from 'lucide';
import { ButtonDirective, IconComponent, KbdComponent } from '../../shared/ui';
import type { PaletteItem } from './palette.service';
import { EMPTY_RESULT, PaletteStore } from './palette.store';

/** Search and commands: a field, and under it everything that answers it. Closes with what was chosen. */
@Component({
  selector: 'tl-palette',
  imports: [ButtonDirective, IconComponent, KbdComponent],
  providers: [PaletteStore],
  templateUrl: './palette.dialog.html',
  styleUrl: './palette.dialog.scss',
})
export class PaletteDialog {
  private readonly store = inject(PaletteStore);
  protected readonly dialog = inject<DialogRef<PaletteItem>>(DialogRef);
  private readonly list = viewChild.required<ElementRef<HTMLElement>>('list');
  protected readonly icons = { search: Search, close: X };
  protected readonly result = toSignal(this.store.result$, { initialValue: EMPTY_RESULT });
  protected readonly items = computed(() => this.result().groups.flatMap((group) => group.items));
  /** Back to the first line whenever something else is asked; otherwise it stays on its item. */
  protected readonly active = linkedSignal<{ query: string; items: PaletteItem[] }, string | null>({
    source: () => ({ query: this.result().query, items: this.items() }),
    computation: ({ query, items }, before) => {
      const stays = before?.source.query === query && items.some((item) => item.id === before.value);
      return stays ? (before?.value ?? null) : (items[0]?.id ?? null);
    },
  });
  protected readonly heard = computed(() => {
    const count = this.items().length;
    if (this.result().asking) return '';
    return count === 0 ? 'Nothing found' : `${count} ${count === 1 ? 'result' : 'results'}`;
  });

  constructor() {
    effect(() => {
      const id = this.active();
      if (id === null) return;
      const line = this.list().nativeElement.querySelector(`[data-item="${CSS.escape(id)}"]`);
      line?.scrollIntoView({ block: 'nearest' });
    });
  }

  protected search(query: string): void {
    this.store.search(query);
  }

  protected choose(item: PaletteItem | undefined): void {
    if (item) this.dialog.close(item);
  }

  protected key(event: KeyboardEvent): void {
    const items = this.items();
    const at = items.findIndex((item) => item.id === this.active());
    switch (event.key) {
      case 'ArrowDown':
        this.active.set(items[(at + 1) % Math.max(1, items.length)]?.id ?? null);
        break;
      case 'ArrowUp':
        this.active.set(items[(at - 1 + items.length) % Math.max(1, items.length)]?.id ?? null);
        break;
      case 'Enter':
        if (event.isComposing) return;
        this.choose(items[at]);
        break;
      default:
        return;
    }
    event.preventDefault();
  }
}
