/* How states and engagement look and are called, everywhere. */
export { engagementWord, EngagementComponent, EngagementSwatchComponent } from './engagement.component';
export {
  LEAD_STATUS_WORDS,
  CONVERSATION_STATUS_WORDS,
  PRIORITY_WORDS,
  MESSAGE_STATUS_WORDS,
  type Word,
} from './status-words';
export {
  LeadStatusComponent,
  ConversationStatusComponent,
  MessageStatusComponent,
  PriorityComponent,
} from './status.component';
export { whyOf } from './verdict-words';
