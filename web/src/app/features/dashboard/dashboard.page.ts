import { Component } from '@angular/core';
import { PageHeadComponent } from '../../shared/page';

@Component({
  selector: 'tl-dashboard-page',
  imports: [PageHeadComponent],
  template: `<tl-page-head heading="Dashboard" />`,
})
export class DashboardPage {}
