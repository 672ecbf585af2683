export { LeadSuppressionScreen } from './lead-suppression.store';
