import { LiveAnnouncer } from '@angular/cdk/a11y';
import { Injectable, inject, signal } from '@angular/core';

/** What a toast says and offers. */
export interface ToastRequest {
  text: string;
  /** `bad` stays until it is dismissed. */
  tone?: 'plain' | 'bad';
  /** One action, usually Undo. */
  action?: { label: string; run: () => void };
  /** How long it stays; the hairline at its foot shows it when there is an action. */
  seconds?: number;
}

export type ToastEnd = 'action' | 'timeout' | 'dismissed' | 'replaced';

export interface Toast extends ToastRequest {
  id: number;
  seconds: number;
}

/** A shown toast: `ended` settles when it has gone, `dismiss` takes it away. */
export interface ShownToast {
  ended: Promise<ToastEnd>;
  dismiss: () => void;
}

const PLAIN_SECONDS = 5;
const ACTION_SECONDS = 10;
const MOST = 3;

/**
 * Short messages at the foot of the screen, with Undo where something can be undone:
 * `toasts.show({ text: '3 leads deleted', action: { label: 'Undo', run: () => restore(ids) } })`.
 * Time stands still while the pointer or the focus is on a toast.
 */
@Injectable({ providedIn: 'root' })
export class Toasts {
  private readonly announcer = inject(LiveAnnouncer);
  private readonly list = signal<readonly Toast[]>([]);
  /** Newest last; the outlet shows them. */
  readonly shown = this.list.asReadonly();
  private readonly ends = new Map<number, (end: ToastEnd) => void>();
  private next = 1;

  show(request: ToastRequest): ShownToast {
    const id = this.next++;
    const lasting = request.tone === 'bad' && !request.action ? 0 : request.action ? ACTION_SECONDS : PLAIN_SECONDS;
    const toast: Toast = { ...request, id, seconds: request.seconds ?? lasting };
    const ended = new Promise<ToastEnd>((resolve) => this.ends.set(id, resolve));
    const surplus = this.list().slice(0, Math.max(0, this.list().length - MOST + 1));
    for (const old of surplus) this.end(old.id, 'replaced');
    this.list.update((list) => [...list, toast]);
    const words = request.action ? `${request.text}. ${request.action.label} is offered.` : request.text;
    void this.announcer.announce(words, request.tone === 'bad' ? 'assertive' : 'polite');
    return { ended, dismiss: () => this.end(id, 'dismissed') };
  }

  /** Ends a toast; an `action` runs what it offered. */
  end(id: number, how: ToastEnd): void {
    const toast = this.list().find((shown) => shown.id === id);
    if (!toast) return;
    this.list.update((list) => list.filter((shown) => shown.id !== id));
    this.ends.get(id)?.(how);
    this.ends.delete(id);
    if (how === 'action') toast.action?.run();
  }

  /** Takes the newest toast's action, for Ctrl/Cmd-Z. False when there is none. */
  undoNewest(): boolean {
    const newest = [...this.list()].reverse().find((toast) => toast.action);
    if (newest) this.end(newest.id, 'action');
    return newest !== undefined;
  }
}
