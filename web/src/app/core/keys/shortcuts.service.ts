import { DOCUMENT, DestroyRef, Injectable, computed, inject, signal } from '@angular/core';
import { Ticker } from '../../shared/format';
import { kept } from '../browser';
import { chordOf, isTyping } from './chord';

export const SHORTCUT_GROUPS = ['Everywhere', 'Go to', 'Lists', 'Conversation', 'This page'] as const;
export type ShortcutGroup = (typeof SHORTCUT_GROUPS)[number];

export interface Shortcut {
  /** `mod+k`, `?`, `shift+j`, or one after the other: `g i`. */
  keys: string;
  /** What it does, as the printed sheet says it. */
  label: string;
  group: ShortcutGroup;
  /** Absent where a field takes the key itself: then it is only printed. */
  run?: () => void;
  /** Only while this holds; not shown on the sheet otherwise. */
  when?: () => boolean;
  /** Also while a text field has the focus; for chords with Ctrl/Cmd or Alt. */
  inFields?: boolean;
}

const SEQUENCE_MS = 1_200;
/** A field that takes longer than this to come is not what the person waits for any more. */
const HELD_MS = 5_000;
const SINGLE_KEYS = 'single-keys';
const FIELDS =
  'input:not([type="checkbox"], [type="radio"]), textarea, select, [contenteditable]:not([contenteditable="false"])';

/**
 * Every shortcut there is, in one place: one listener, one printed sheet (`?`). The newest registration of the same keys
 * wins, so that a page may take a key over while it is open. Nothing fires while a dialog or a menu is open; keys that
 * write text can be switched off on the sheet (WCAG 2.1.4).
 */
@Injectable({ providedIn: 'root' })
export class Shortcuts {
  private readonly document = inject(DOCUMENT);
  private readonly ticker = inject(Ticker);
  private readonly list = signal<readonly Shortcut[]>([]);
  private readonly single = signal(kept.read(SINGLE_KEYS) !== 'off');
  /** Whether keys without Ctrl/Cmd or Alt work. */
  readonly singleKeys = this.single.asReadonly();
  /** What works now, by group, for the sheet. */
  readonly groups = computed(() =>
    SHORTCUT_GROUPS.map((group) => ({
      group,
      shortcuts: newestOf(this.list().filter((each) => each.group === group && (each.when?.() ?? true))),
    })).filter(({ shortcuts }) => shortcuts.length > 0),
  );
  private begun: { chord: string; at: number } | null = null;
  private readonly held = signal<{ typed: string; at: number } | null>(null);
  /** Somebody is on the way into a text field by key. */
  readonly holding = computed(() => this.held() !== null);

  constructor() {
    const listen = (event: KeyboardEvent): void => this.press(event);
    this.document.addEventListener('keydown', listen);
    inject(DestroyRef).onDestroy(() => this.document.removeEventListener('keydown', listen));
  }

  /** Registers; the result takes them away again. In components prefer `useShortcuts`. */
  register(shortcuts: readonly Shortcut[]): () => void {
    this.list.update((list) => [...list, ...shortcuts]);
    return () => this.list.update((list) => list.filter((each) => !shortcuts.includes(each)));
  }

  useSingleKeys(on: boolean): void {
    this.single.set(on);
    kept.write(SINGLE_KEYS, on ? 'on' : 'off');
  }

  /** From now on keys that write text run nothing: they are kept until `release`. Escape gives it up. */
  hold(): void {
    this.begun = null;
    this.held.set({ typed: '', at: this.ticker.now() });
  }

  /** Ends holding; the result is what was typed meanwhile. */
  release(): string {
    const typed = this.held()?.typed ?? '';
    this.held.set(null);
    return typed;
  }

  private press(event: KeyboardEvent): void {
    if (event.defaultPrevented || event.isComposing) return;
    const chord = chordOf(event);
    if (chord === null || this.covered(event.target)) return;
    const inField = event.target instanceof Element && event.target.closest(FIELDS) !== null;
    if (!inField && isTyping(chord) && this.keep(event)) return event.preventDefault();
    if (event.repeat) return;
    const sequence = this.sequence(chord);
    const found = this.find(sequence, inField) ?? this.find(chord, inField);
    if (found?.run) {
      this.begun = null;
      event.preventDefault();
      found.run();
      return;
    }
    const begins = !inField && this.list().some((each) => each.keys.startsWith(`${chord} `));
    this.begun = begins && this.single() ? { chord, at: this.ticker.now() } : null;
  }

  /** Keeps what is typed while a field is on its way. */
  private keep({ key }: KeyboardEvent): boolean {
    const held = this.held();
    if (!held || this.ticker.now() - held.at > HELD_MS || key === 'Escape') {
      this.held.set(null);
      return held !== null && key === 'Escape';
    }
    const typed = key === 'Backspace' ? held.typed.slice(0, -1) : held.typed + written(key);
    this.held.set({ ...held, typed });
    return true;
  }

  private sequence(chord: string): string | null {
    const begun = this.begun;
    return begun && this.ticker.now() - begun.at <= SEQUENCE_MS ? `${begun.chord} ${chord}` : null;
  }

  private find(keys: string | null, inField: boolean): Shortcut | undefined {
    if (keys === null || (isTyping(keys) && !this.single())) return undefined;
    return this.list().findLast(
      (each) => each.keys === keys && (!inField || each.inFields === true) && (each.when?.() ?? true),
    );
  }

  /** Lists have their own keys; a dialog or a menu covers the page that the shortcuts are about, wherever the focus is. */
  private covered(target: EventTarget | null): boolean {
    if (target instanceof Element && target.closest('[role="listbox"]')) return true;
    return this.document.querySelector('.cdk-dialog-container, [role="menu"]') !== null;
  }
}

function written(key: string): string {
  if (key === 'Enter') return '\n';
  return key.length === 1 ? key : '';
}

function newestOf(shortcuts: readonly Shortcut[]): Shortcut[] {
  return [...new Map(shortcuts.map((each) => [each.keys, each])).values()];
}

/** Registers shortcuts for as long as the component (or whatever the injection context belongs to) lives. */
export function useShortcuts(shortcuts: readonly Shortcut[]): void {
  inject(DestroyRef).onDestroy(inject(Shortcuts).register(shortcuts));
}

/** What a list must be able to do to be walked by keys; `TableComponent` is one. */
export interface WalkedList {
  move(by: number): void;
  openActive(newTab?: boolean): void;
  toggleActive?(): void;
}

/**
 * J and K through a list, Enter opens, X selects, wherever the focus is on the page:
 * `useListShortcuts(() => this.table())` in a page's constructor.
 */
export function useListShortcuts(list: () => WalkedList | undefined, what = 'row'): void {
  const there = (): boolean => list() !== undefined;
  useShortcuts([
    { keys: 'j', label: `Next ${what}`, group: 'Lists', when: there, run: () => list()?.move(1) },
    { keys: 'k', label: `Previous ${what}`, group: 'Lists', when: there, run: () => list()?.move(-1) },
    {
      keys: 'enter',
      label: `Open ${what}`,
      group: 'Lists',
      when: () => there() && nothingFocused(),
      run: () => list()?.openActive(),
    },
    {
      keys: 'x',
      label: `Select ${what}`,
      group: 'Lists',
      when: () => list()?.toggleActive !== undefined,
      run: () => list()?.toggleActive?.(),
    },
  ]);
}

/** Enter belongs to the button or link that has the focus. */
function nothingFocused(): boolean {
  const at = document.activeElement;
  return at === null || at === document.body || !at.matches('a, button, summary, [role="button"]');
}
