import { Global, Module } from '@nestjs/common';
import { Settling } from '../../platform/work';
import { AccountMailLedger } from './account-mail.ledger';
import { AccountMailSweeper } from './account-mail.sweeper';
import { AccountMails } from './account-mails.service';
import { AccountPost } from './account-post';

/** Mails of the product itself. Global, because every module about people has something to tell them. */
@Global()
@Module({
  providers: [AccountMailLedger, AccountMails, AccountMailSweeper, AccountPost],
  exports: [AccountMailLedger, AccountMails],
})
export class AccountMailModule {
  constructor(settling: Settling, post: AccountPost) {
    settling.register('account mail', () => post.drain());
  }
}
