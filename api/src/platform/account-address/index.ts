export { accountAddress } from './account-address';
