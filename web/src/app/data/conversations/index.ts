export { ConversationList, ConversationLists } from './conversation-list.store';
export { type ConversationChange, type ConversationFilter, ConversationsApi } from './conversations.api';
