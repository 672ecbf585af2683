/* What a page is made of around its content: head, loading, empty, error. */
export { EmptyStateComponent } from './empty-state.component';
export { ErrorStateComponent, type Explanation } from './error-state.component';
export { PageHeadComponent } from './page-head.component';
export { SkeletonComponent, SkeletonRowsComponent } from './skeleton.component';
