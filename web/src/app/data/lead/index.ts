/* One lead, and what happened to it. */
export { LeadScreen, type LeadView } from './lead-screen.store';
