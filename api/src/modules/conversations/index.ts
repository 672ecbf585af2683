export { ConversationsModule } from './conversations.module';
export { ConversationsQueries } from './conversations.queries';
export { ConversationsService } from './conversations.service';
export { MessagesQueries } from './messages.queries';
export { type InboundMessage, MessagesService, type OutboundMessage } from './messages.service';
export { MessageMarks } from './message-marks.service';
export { type ClaimedSend, SendLedger } from './send-ledger';
export { SendWake } from './send-wake';
export { type TrackedMessage, TrackedMessages } from './tracked-messages';
