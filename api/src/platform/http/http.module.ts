import { Global, Module } from '@nestjs/common';
import { APP_FILTER, APP_GUARD, APP_INTERCEPTOR, APP_PIPE } from '@nestjs/core';
import { DoorGuard } from '../access';
import { FailuresInterceptor, LimitsGuard } from '../limits';
import { AnswerShapes } from './answer-shapes';
import { AnswersInterceptor } from './answers.interceptor';
import { Cursors } from './cursors';
import { IdempotencyInterceptor } from './idempotency.interceptor';
import { ProblemFilter } from './problem.filter';
import { UnaskedBodyGuard } from './unasked-body.guard';
import { validationPipe } from './validation';
import { ApiVersions } from './versions';

@Global()
@Module({
  providers: [
    AnswerShapes,
    ApiVersions,
    Cursors,
    { provide: APP_FILTER, useClass: ProblemFilter },
    { provide: APP_GUARD, useClass: DoorGuard },
    // After the door: who it is has to be known.
    { provide: APP_GUARD, useClass: LimitsGuard },
    { provide: APP_GUARD, useClass: UnaskedBodyGuard },
    { provide: APP_INTERCEPTOR, useClass: FailuresInterceptor },
    // Before the keys: what is remembered is the answer itself, and each caller is told it in its own way.
    { provide: APP_INTERCEPTOR, useClass: AnswersInterceptor },
    { provide: APP_INTERCEPTOR, useClass: IdempotencyInterceptor },
    { provide: APP_PIPE, useFactory: validationPipe },
  ],
  exports: [AnswerShapes, ApiVersions, Cursors],
})
export class HttpModule {}
