import type { Routes } from '@angular/router';
import { InboxPage } from './inbox.page';

export default [{ path: '', component: InboxPage }] satisfies Routes;
