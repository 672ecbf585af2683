import { Component, computed, input, signal, viewChild } from '@angular/core';
import type { TrendDay } from '@threadline/contracts';
import { ChartLine, Download, Image, Table2 } from 'lucide';
import { saveFile } from '../../../shared/file';
import { SkeletonComponent } from '../../../shared/page';
import { ButtonDirective, IconComponent, TipDirective } from '../../../shared/ui';
import { ChartComponent, type ChartDrawing } from './chart.component';
import { trendCsv } from './trend-csv';
import { dayWords, LINES, linesDrawing, type SeriesWords, VERDICT_BARS, verdictDrawing } from './trend.drawing';

/** The trend as a chart or a table, with its sums, and as a picture or a spreadsheet to take away. */
@Component({
  selector: 'tl-trend-panel',
  imports: [ButtonDirective, ChartComponent, IconComponent, SkeletonComponent, TipDirective],
  templateUrl: './trend-panel.component.html',
  styleUrl: './trend-panel.component.scss',
  host: { role: 'region', '[attr.aria-label]': 'heading()' },
})
export class TrendPanelComponent {
  readonly heading = input.required<string>();
  readonly kind = input.required<'lines' | 'verdicts'>();
  /** Null while it is on its way. */
  readonly trend = input.required<readonly TrendDay[] | null>();

  protected readonly icons = { table: Table2, chart: ChartLine, csv: Download, png: Image };
  protected readonly asTable = signal(false);
  protected readonly series = computed<readonly SeriesWords[]>(() => (this.kind() === 'lines' ? LINES : VERDICT_BARS));
  protected readonly sums = computed(() =>
    this.series().map((words) => ({
      ...words,
      sum: (this.trend() ?? []).reduce((sum, day) => sum + day[words.key], 0),
    })),
  );
  protected readonly empty = computed(() => this.sums().every(({ sum }) => sum === 0));
  protected readonly label = computed(
    () =>
      `${this.heading()}: ${this.sums()
        .map(({ label, sum }) => `${label} ${sum}`)
        .join(', ')}`,
  );
  protected readonly drawing = computed<ChartDrawing>(() => {
    const drawn = { trend: this.trend() ?? [], series: this.series(), moves: this.moves };
    if (this.kind() === 'lines') return (tokens, size) => linesDrawing(drawn, tokens, size);
    return (tokens) => verdictDrawing(drawn, tokens);
  });
  protected readonly dayWords = dayWords;
  private readonly moves = !window.matchMedia('(prefers-reduced-motion: reduce)').matches;
  private readonly chart = viewChild(ChartComponent);

  protected csv(): void {
    const file = new Blob([trendCsv(this.trend() ?? [], this.series())], { type: 'text/csv' });
    saveFile(file, `${this.fileName()}.csv`);
  }

  protected png(): void {
    const href = this.chart()?.png();
    if (href) saveFile(href, `${this.fileName()}.png`);
  }

  private fileName(): string {
    const trend = this.trend() ?? [];
    const words = this.heading()
      .toLowerCase()
      .replace(/[^a-z]+/gu, '-');
    return [words, trend[0]?.day, trend.at(-1)?.day].filter(Boolean).join('_');
  }
}
