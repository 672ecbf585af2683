import { Component, computed, input } from '@angular/core';

const WIDTH = 100;
const HEIGHT = 28;
const EDGE = 2;

/** The course of a figure as a bare line from zero; decoration beside the figure it belongs to. */
@Component({
  selector: 'tl-sparkline',
  template: `
    @if (line(); as points) {
      <svg viewBox="0 0 100 28" preserveAspectRatio="none" aria-hidden="true">
        <polygon [attr.points]="'0,28 ' + points + ' 100,28'" />
        <polyline [attr.points]="points" />
      </svg>
    }
  `,
  styles: `
    :host {
      display: block;
      height: 28px;
    }
    svg {
      display: block;
      width: 100%;
      height: 100%;
      overflow: visible;
    }
    polyline {
      fill: none;
      stroke: var(--accent);
      stroke-width: 1.5;
      stroke-linejoin: round;
      stroke-linecap: round;
      vector-effect: non-scaling-stroke;
    }
    polygon {
      fill: color-mix(in oklch, var(--accent) 9%, transparent);
    }
  `,
})
export class SparklineComponent {
  readonly points = input.required<readonly number[]>();

  protected readonly line = computed(() => {
    const points = this.points();
    if (points.length < 2) return '';
    const top = Math.max(...points, 1);
    const step = WIDTH / (points.length - 1);
    return points
      .map((value, at) => `${round(at * step)},${round(HEIGHT - EDGE - (value / top) * (HEIGHT - 2 * EDGE))}`)
      .join(' ');
  });
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
