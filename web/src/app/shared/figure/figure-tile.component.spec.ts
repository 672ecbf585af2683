import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { TestBed } from '@angular/core/testing';
import { provideRouter } from '@angular/router';
import { FigureTileComponent } from './figure-tile.component';

describe('the definition of a figure', () => {
  let label: HTMLElement;
  const elsewhere = document.createElement('input');
  const tip = () => (label.hasAttribute('aria-describedby') ? document.querySelector('#tl-tip')?.textContent : null);
  const tap = (on: HTMLElement) =>
    on.dispatchEvent(Object.assign(new Event('pointerdown', { bubbles: true }), { pointerType: 'touch' }));

  beforeEach(() => {
    jest.useFakeTimers();
    TestBed.configureTestingModule({ providers: [provideRouter([])] });
    const tile = TestBed.createComponent(FigureTileComponent);
    tile.componentRef.setInput('label', 'Open rate');
    tile.componentRef.setInput('definition', 'Opened of sent. '.repeat(10));
    tile.componentRef.setInput('value', 54.5);
    tile.componentRef.setInput('rows', '/dashboard/rows/openRate');
    tile.componentRef.setInput('change', null);
    tile.componentRef.setInput('previous', 0);
    tile.detectChanges();
    const host: HTMLElement = tile.nativeElement;
    document.body.append(host, elsewhere);
    label = host.querySelector<HTMLElement>('.label') ?? host;
  });
  afterEach(() => {
    jest.useRealTimers();
    elsewhere.remove();
  });

  it('is shown by a tap on its label, long enough to be read', () => {
    elsewhere.focus();
    tap(label);
    elsewhere.blur();
    jest.advanceTimersByTime(5_000);
    expect(tip()).toContain('Opened of sent.');
    jest.advanceTimersByTime(10_000);
    expect(tip()).toBeNull();
  });

  it('says what there was before, where nothing was: no share can be told of that', () => {
    expect(label.closest('tl-figure-tile, div[id]')?.querySelector('.change')?.textContent).toBe('was 0');
  });

  it('is reached by keyboard', () => {
    expect(label.tabIndex).toBe(0);
  });
});
