export { AddressChecks } from './address-check.service';
export { WebhooksAddressController } from './address.controller';
