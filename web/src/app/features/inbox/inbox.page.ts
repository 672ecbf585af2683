import { Component } from '@angular/core';
import { PageHeadComponent } from '../../shared/page';

@Component({
  selector: 'tl-inbox-page',
  imports: [PageHeadComponent],
  template: `<tl-page-head heading="Inbox" />`,
})
export class InboxPage {}
