import type { Routes } from '@angular/router';
import { DashboardPage } from './dashboard.page';

export default [
  { path: '', component: DashboardPage },
  { path: 'rows/:number', loadComponent: () => import('./rows.page').then((file) => file.RowsPage) },
] satisfies Routes;
