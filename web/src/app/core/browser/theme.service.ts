import { DestroyRef, Injectable, computed, effect, inject, signal } from '@angular/core';
import { kept } from './kept';

export type ThemeChoice = 'system' | 'light' | 'dark';

const NAME = 'theme';

function read(): ThemeChoice {
  const choice = kept.read(NAME);
  return choice === 'light' || choice === 'dark' ? choice : 'system';
}

/**
 * Light, dark, or what the system says; kept in this browser, so that the first paint (public/theme.js) knows it.
 * Colours come from CSS tokens; only what cannot read CSS (charts) asks here.
 */
@Injectable({ providedIn: 'root' })
export class Theme {
  private readonly chosen = signal<ThemeChoice>(read());
  readonly choice = this.chosen.asReadonly();
  private readonly systemDark = signal(false);
  /** What is shown. Read it in a `computed` that resolves colours, so that it follows. */
  readonly shown = computed<'light' | 'dark'>(() => {
    const choice = this.chosen();
    if (choice !== 'system') return choice;
    return this.systemDark() ? 'dark' : 'light';
  });
  private readonly canvas = document.createElement('canvas');

  constructor() {
    const destroyed = inject(DestroyRef);
    if (typeof window.matchMedia === 'function') {
      const dark = window.matchMedia('(prefers-color-scheme: dark)');
      const follow = (): void => this.systemDark.set(dark.matches);
      follow();
      dark.addEventListener('change', follow);
      destroyed.onDestroy(() => dark.removeEventListener('change', follow));
    }
    const otherTab = (event: StorageEvent): void => {
      if (event.key === `threadline:${NAME}`) this.chosen.set(read());
    };
    window.addEventListener('storage', otherTab);
    destroyed.onDestroy(() => window.removeEventListener('storage', otherTab));
    effect(() => {
      const choice = this.chosen();
      if (choice === 'system') delete document.documentElement.dataset['theme'];
      else document.documentElement.dataset['theme'] = choice;
    });
  }

  choose(choice: ThemeChoice): void {
    this.chosen.set(choice);
    kept.write(NAME, choice);
  }

  /**
   * A token's present colour as `rgb()` or `rgba()`, for charts: `theme.colour('--accent')`. Depends on `shown()`.
   */
  colour(token: `--${string}`): string {
    this.shown();
    const probe = document.createElement('span');
    probe.style.color = `var(${token})`;
    document.body.append(probe);
    const written = getComputedStyle(probe).color;
    probe.remove();
    return this.asRgb(written);
  }

  /** Browsers write oklch as oklch; a canvas knows what it looks like. */
  private asRgb(colour: string): string {
    this.canvas.width = this.canvas.height = 1;
    const pen = this.canvas.getContext('2d', { willReadFrequently: true });
    if (!pen) return colour;
    pen.clearRect(0, 0, 1, 1);
    pen.fillStyle = colour;
    pen.fillRect(0, 0, 1, 1);
    const [red = 0, green = 0, blue = 0, alpha = 255] = pen.getImageData(0, 0, 1, 1).data;
    return alpha === 255
      ? `rgb(${red}, ${green}, ${blue})`
      : `rgba(${red}, ${green}, ${blue}, ${Math.round((alpha / 255) * 1000) / 1000})`;
  }
}
