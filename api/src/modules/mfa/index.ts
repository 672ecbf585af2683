export { MfaModule } from './mfa.module';
export { SEALED_SEEDS } from './codes/codes.service';
