export { AccountsQueries } from './accounts.queries';
export { isPersonsOwn, proveFirst } from './own-accounts';
export { AccountsModule } from './accounts.module';
export { ResetLinks, ResetLinksModule } from './passwords/reset-links';
export { AddressLinks } from './addresses/address-links';
export { WaysIn } from './passwords/ways-in';
