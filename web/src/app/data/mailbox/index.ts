/* The built-in mailbox, which plays the outside world. */
export { MailboxApi } from './mailbox.api';
export { scanWords, type Aftermath, type MailboxState } from './mailbox.rules';
export { MailboxStore } from './mailbox.store';
export { MailboxHere } from './mailbox-here.service';
