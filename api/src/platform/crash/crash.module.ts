import { Global, Module } from '@nestjs/common';
import { CrashPoints } from './crash-points';

@Global()
@Module({ providers: [CrashPoints], exports: [CrashPoints] })
export class CrashModule {}
