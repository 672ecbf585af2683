import type { Routes } from '@angular/router';
import { LeadPage } from './lead.page';

/** Loaded for `:id` by the leads' routes; the page gets `id` and `write` as inputs. */
export default [{ path: '', component: LeadPage, title: 'Lead' }] satisfies Routes;
