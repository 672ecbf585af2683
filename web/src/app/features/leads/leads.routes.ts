import type { Routes } from '@angular/router';
import { LeadsPage } from './leads.page';

export default [{ path: '', component: LeadsPage }] satisfies Routes;
