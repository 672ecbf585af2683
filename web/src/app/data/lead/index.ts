/* One lead, and what happened to it. */
export type { LeadChange } from './lead.api';
export { LeadScreen, type LeadView } from './lead-screen.store';
