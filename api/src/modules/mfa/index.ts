export { MfaModule } from './mfa.module';
export { Tries } from './tries';
export { SEALED_SEEDS } from './codes/codes.service';
