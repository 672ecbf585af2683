import { Global, Module } from '@nestjs/common';
import { EventReader } from './event-reader';

@Global()
@Module({ providers: [EventReader], exports: [EventReader] })
export class LogModule {}
