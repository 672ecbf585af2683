import type { Routes } from '@angular/router';
import { AuditPage } from './audit.page';

export default [
  { path: '', component: AuditPage },
  {
    path: 'verify',
    title: 'Verify the audit log',
    loadComponent: () => import('./verify.page').then((file) => file.VerifyPage),
  },
] satisfies Routes;
