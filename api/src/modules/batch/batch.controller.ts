import { Body, Controller, HttpCode, Post, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { Require } from '../../platform/access';
import { inBatch } from '../../platform/http';
import { Refusal } from '../../platform/refusal';
import { BatchAnswersDto, BatchDto } from './batch.dto';
import { BatchService } from './batch.service';

@Controller('api/batch')
export class BatchController {
  constructor(private readonly batches: BatchService) {}

  /**
   * Does up to 50 requests, one after the other, and answers what each was answered with. Each is let in, limited, audited
   * and checked as if it had come by itself, and one that fails does not stop the others. Only what answers with JSON can
   * be part of it, and no other batch. An `Idempotency-Key` of the batch gives each POST in it a key of its own.
   */
  @Post()
  @HttpCode(200)
  @Require('known')
  async run(@Body() { requests }: BatchDto, @Req() request: FastifyRequest): Promise<BatchAnswersDto> {
    if (inBatch()) {
      throw new Refusal('invalid_input', { errors: [{ path: 'path', message: 'A batch cannot be part of a batch.' }] });
    }
    const { authorization = '', 'user-agent': userAgent, 'idempotency-key': key } = request.headers;
    const caller = { ip: request.ip, authorization, userAgent, requestId: request.id };
    const idempotencyKey = typeof key === 'string' ? key : undefined;
    return { responses: await this.batches.run(requests, { ...caller, idempotencyKey }) };
  }
}
