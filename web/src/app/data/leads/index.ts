/* Leads: lists of them, and one at a time. */
export { DEFAULT_ORDER } from './lead-list.rules';
export { LeadList, LeadLists } from './lead-list.store';
export { LeadNames } from './lead-names.store';
export { type LeadChange, type LeadFields, type LeadFilter, type LeadOrder, LeadsApi, type NewLead } from './leads.api';
