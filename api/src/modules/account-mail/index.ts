export { AccountMailLedger } from './account-mail.ledger';
export { AccountMailModule } from './account-mail.module';
export { AccountMails } from './account-mails.service';
export { type AccountNotice, type FactorChange } from './account-notice';
export { SEALED_MAILS } from './account-post';
