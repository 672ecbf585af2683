/* How times and figures are written, and the present. */
export { figureText, changeText, type FigureUnit } from './figure-format';
export { relativeTime, timeOf, clockTime, exactTime, dayTitle, span, type Reader } from './relative-time';
export { localTime, momentOf } from './local-time';
export { Ticker } from './ticker.service';
export { TimeComponent, TimePipe, type TimeForm } from './time.component';
export { TIME_ZONE, LOCALE } from './time.tokens';
