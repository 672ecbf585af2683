import { describe, expect, it } from '@jest/globals';
import { browserWakes } from './browser.wakes';

describe('A browser tab', () => {
  it('wakes when it is online, in front or visible again, not when it is hidden', () => {
    const document = Object.assign(new EventTarget(), { visibilityState: 'hidden' });
    const window = Object.assign(new EventTarget(), { document });
    let wakes = 0;
    const following = browserWakes(window as unknown as Window).subscribe(() => (wakes += 1));
    document.dispatchEvent(new Event('visibilitychange'));
    expect(wakes).toBe(0);
    document.visibilityState = 'visible';
    document.dispatchEvent(new Event('visibilitychange'));
    window.dispatchEvent(new Event('online'));
    window.dispatchEvent(new Event('focus'));
    expect(wakes).toBe(3);
    following.unsubscribe();
    window.dispatchEvent(new Event('focus'));
    expect(wakes).toBe(3);
  });
});
