import { Global, Module } from '@nestjs/common';
import { Authenticator } from './authenticator';

/** Global, because every door asks the Authenticator. */
@Global()
@Module({ providers: [Authenticator], exports: [Authenticator] })
export class AccessModule {}
