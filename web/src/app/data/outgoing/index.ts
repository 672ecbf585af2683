export { OutgoingApi } from './outgoing.api';
export { OutgoingStore } from './outgoing.store';
