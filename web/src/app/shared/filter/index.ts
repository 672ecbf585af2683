/* Filters as chips. */
export { FilterChipComponent, type FilterOption } from './filter-chip.component';
