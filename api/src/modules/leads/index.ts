export type { LeadTouch } from './lead-activity';
export { LeadsModule } from './leads.module';
export { LeadsService, type NewLead } from './leads.service';
export { leadsVisibleTo, type Shelf } from './visible-to';
