/* Numbers that say what they count, and glow when they move. */
export { FigureTileComponent } from './figure-tile.component';
export { GlowDirective } from './glow.directive';
export { SparklineComponent } from './sparkline.component';
