export { MessagesApi, type NewMessage } from './messages.api';
export { type Outgoing, Thread, Threads } from './thread.store';
