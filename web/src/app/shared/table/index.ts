/* The table under every list of rows. */
export { CellDirective, RowActionsDirective, RowCardDirective } from './cell.directive';
export { TableComponent } from './table.component';
export type { TableColumn, TableDensity, RowOpening } from './table.types';
