import { Component } from '@angular/core';
import { PageHeadComponent } from '../../shared/page';

@Component({
  selector: 'tl-leads-page',
  imports: [PageHeadComponent],
  template: `<tl-page-head heading="Leads" />`,
})
export class LeadsPage {}
