export { PrivacyStore } from './privacy.store';
