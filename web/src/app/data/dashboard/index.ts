/* The numbers of the workspace, and what stands behind them. */
export type { Period } from './dashboard.api';
export { lastDays, type NumberRowsState, partsOf, rowId, shareOf } from './dashboard.rules';
export { DashboardStore, NumberRowsList } from './dashboard.store';
export { NumberMeanings } from './definitions.store';
