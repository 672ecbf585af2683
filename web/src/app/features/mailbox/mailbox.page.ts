import { Component } from '@angular/core';
import { PageHeadComponent } from '../../shared/page';

@Component({
  selector: 'tl-mailbox-page',
  imports: [PageHeadComponent],
  template: `<tl-page-head heading="Mailbox" />`,
})
export class MailboxPage {}
