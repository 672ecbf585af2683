import { DestroyRef, Injectable, inject, signal } from '@angular/core';
import type { IconNode } from 'lucide';
import { Dialogs } from '../../shared/dialog';

/** One thing a person can do or open. */
export interface PaletteItem {
  id: string;
  label: string;
  /** Second line of thought, in grey: a company, a state. */
  hint?: string;
  icon?: IconNode;
  /** Stands under this heading: `Go to`, `Do`, `Leads`. */
  group: string;
  /** Other words it is found by. */
  words?: string;
  /** Its shortcut, shown at the end of the line. */
  keys?: string;
  run: () => void;
}

/** Looks things up on the server: leads by name, conversations. */
export interface PaletteProvider {
  id: string;
  /** What the group of its items is called, and what a failure says could not be searched. */
  group: string;
  /** Shortest query worth asking for; 2 when absent. */
  least?: number;
  /** @param signal aborted when the query has moved on */
  search: (query: string, signal: AbortSignal) => Promise<PaletteItem[]>;
}

/**
 * The registry behind Ctrl/Cmd-K. Actions are known beforehand and matched here; providers are asked.
 * Pages add theirs with `usePaletteActions`.
 */
@Injectable({ providedIn: 'root' })
export class Palette {
  private readonly dialogs = inject(Dialogs);
  private readonly actionList = signal<readonly PaletteItem[]>([]);
  private readonly providerList = signal<readonly PaletteProvider[]>([]);
  readonly actions = this.actionList.asReadonly();
  readonly providers = this.providerList.asReadonly();
  private showing = false;

  addActions(items: readonly PaletteItem[]): () => void {
    this.actionList.update((list) => [...list, ...items]);
    return () => this.actionList.update((list) => list.filter((each) => !items.includes(each)));
  }

  addProvider(provider: PaletteProvider): () => void {
    this.providerList.update((list) => [...list, provider]);
    return () => this.providerList.update((list) => list.filter((each) => each !== provider));
  }

  /** Opens it; what is chosen runs after it has closed, so that focus goes where the action puts it. */
  async open(): Promise<void> {
    if (this.showing) return;
    this.showing = true;
    try {
      const { PaletteDialog } = await import('./palette.dialog');
      const chosen = await this.dialogs.open<PaletteItem>(PaletteDialog, {
        label: 'Search and commands',
        width: 640,
        stand: 'top',
        focus: 'input',
      });
      chosen?.run();
    } finally {
      this.showing = false;
    }
  }
}

/** Adds actions to the palette for as long as the component lives. */
export function usePaletteActions(items: readonly PaletteItem[]): void {
  inject(DestroyRef).onDestroy(inject(Palette).addActions(items));
}
