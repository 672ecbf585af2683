import type { Routes } from '@angular/router';
import { MailboxPage } from './mailbox.page';

export default [{ path: '', component: MailboxPage }] satisfies Routes;
