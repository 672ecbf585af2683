export { AddressChecks } from './address-check.service';
export { AddressController } from './address.controller';
