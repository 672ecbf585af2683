import {
  Component,
  DestroyRef,
  ElementRef,
  ViewEncapsulation,
  afterNextRender,
  computed,
  effect,
  inject,
  input,
  signal,
  viewChild,
} from '@angular/core';
import type { ECharts, EChartsCoreOption } from 'echarts/core';
import { Theme } from '../../../core/browser';
import { type ChartTokens, chartTokens } from './chart-tokens';
import type { Size } from './trend.drawing';

export type ChartDrawing = (tokens: ChartTokens, size: Size) => EChartsCoreOption;

/**
 * A chart in the look's own colours: `<tl-chart label="Sent …" [drawing]="drawing()" />`. The drawing is made again when
 * the size or the theme changes. To assistive technology it is a picture with a label; the page offers a table.
 */
@Component({
  selector: 'tl-chart',
  template: `<div #canvas class="tl-chart__canvas"></div>`,
  host: { role: 'img', '[attr.aria-label]': 'label()', class: 'tl-chart' },
  encapsulation: ViewEncapsulation.None,
  styleUrl: './chart.component.scss',
})
export class ChartComponent {
  readonly label = input.required<string>();
  readonly drawing = input.required<ChartDrawing>();

  private readonly theme = inject(Theme);
  private readonly canvas = viewChild.required<ElementRef<HTMLElement>>('canvas');
  private readonly chart = signal<ECharts | null>(null);
  private readonly size = signal<Size>({ width: 0, height: 0 });
  private readonly tokens = computed(() =>
    chartTokens((token) => this.theme.colour(token), getComputedStyle(this.canvas().nativeElement).fontFamily),
  );
  private gone = false;

  constructor() {
    const destroyed = inject(DestroyRef);
    destroyed.onDestroy(() => {
      this.gone = true;
      this.chart()?.dispose();
    });
    afterNextRender(() => {
      this.followSize(destroyed);
      void this.begin();
    });
    effect(() => {
      const chart = this.chart();
      if (!chart || this.size().width === 0) return;
      chart.setOption(this.drawing()(this.tokens(), this.size()), { replaceMerge: ['series'], lazyUpdate: true });
    });
  }

  /** The chart as a picture, on the panel's ground; null while it is not drawn. */
  png(): string | null {
    const ground = this.tokens().ground;
    return this.chart()?.getDataURL({ type: 'png', pixelRatio: 2, backgroundColor: ground }) ?? null;
  }

  private async begin(): Promise<void> {
    const { init } = await import('./echarts');
    if (!this.gone) this.chart.set(init(this.canvas().nativeElement));
  }

  private followSize(destroyed: DestroyRef): void {
    const observer = new ResizeObserver(([entry]) => {
      this.chart()?.resize();
      const { width = 0, height = 0 } = entry?.contentRect ?? {};
      this.size.set({ width: Math.round(width), height: Math.round(height) });
    });
    observer.observe(this.canvas().nativeElement);
    destroyed.onDestroy(() => observer.disconnect());
  }
}
