export { unreadAmong } from './conversation-list.rules';
export { ConversationList, ConversationLists } from './conversation-list.store';
export { ConversationReads } from './conversation-reads.store';
export { type ConversationRecord, ConversationRecords } from './conversation.store';
export { type ConversationChange, type ConversationFilter, ConversationsApi } from './conversations.api';
