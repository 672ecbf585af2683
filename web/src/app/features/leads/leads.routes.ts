import type { Routes } from '@angular/router';
import { LeadsPage } from './leads.page';

export default [
  { path: '', component: LeadsPage },
  { path: ':id', loadChildren: () => import('./lead/lead.routes') },
] satisfies Routes;
