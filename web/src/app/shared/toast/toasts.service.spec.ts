import { TestBed } from '@angular/core/testing';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { Toasts } from './toasts.service';

describe('toasts', () => {
  let toasts: Toasts;
  beforeEach(() => {
    toasts = TestBed.inject(Toasts);
  });

  it('undo what they say, once', async () => {
    const undone: string[] = [];
    const shown = toasts.show({ text: '3 leads deleted', action: { label: 'Undo', run: () => undone.push('leads') } });
    expect(toasts.undoNewest()).toBe(true);
    expect(toasts.undoNewest()).toBe(false);
    expect(await shown.ended).toBe('action');
    expect(undone).toEqual(['leads']);
  });

  it('tell how they ended', async () => {
    const left = toasts.show({ text: 'Saved' });
    const timed = toasts.show({ text: 'Sent' });
    left.dismiss();
    toasts.end(toasts.shown()[0]?.id ?? 0, 'timeout');
    expect([await left.ended, await timed.ended]).toEqual(['dismissed', 'timeout']);
  });

  it('make room for the newest', async () => {
    const first = toasts.show({ text: 'one' });
    for (const text of ['two', 'three', 'four']) toasts.show({ text });
    expect(await first.ended).toBe('replaced');
    expect(toasts.shown().map((toast) => toast.text)).toEqual(['two', 'three', 'four']);
  });

  it('stay when they tell of a failure', () => {
    toasts.show({ text: 'Couldn’t send', tone: 'bad' });
    expect(toasts.shown()[0]?.seconds).toBe(0);
  });
});
