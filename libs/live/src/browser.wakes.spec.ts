import { describe, expect, it } from '@jest/globals';
import { browserNetwork, browserWakes } from './browser.wakes';

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

  it('says when it has lost its network', () => {
    const navigator = { onLine: true };
    const window = Object.assign(new EventTarget(), { navigator });
    const network = browserNetwork(window as unknown as Window);
    let lost = 0;
    network.lost$.subscribe(() => (lost += 1));
    expect(network.online).toBe(true);
    navigator.onLine = false;
    window.dispatchEvent(new Event('offline'));
    window.dispatchEvent(new Event('online'));
    expect(lost).toBe(1);
    expect(network.online).toBe(false);
  });
});
