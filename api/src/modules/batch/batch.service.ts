import { Injectable } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { FastifyInstance } from 'fastify';
import { insideBatch } from '../../platform/http';
import { Refusal } from '../../platform/refusal';
import { headersProblem, keyFor, ownHeaders, pathProblem, toldHeaders } from './batch.rules';
import type { BatchAnswerDto, BatchRequestDto } from './batch.dto';

/** Who asks for a batch, and how: every request of it comes from the same place, with the same credential. */
export interface BatchCaller {
  ip: string;
  authorization: string;
  userAgent: string | undefined;
  requestId: string;
  idempotencyKey: string | undefined;
}

/**
 * Sends each request of a batch through the server as if it had come by itself: guards, limits, validation, audit and
 * idempotency are those of the route. One after the other, so that a later one sees what an earlier one did.
 */
@Injectable()
export class BatchService {
  constructor(private readonly host: HttpAdapterHost) {}

  /** @throws Refusal `invalid_input` before anything is done, when one of them cannot be part of a batch */
  async run(requests: readonly BatchRequestDto[], caller: BatchCaller): Promise<BatchAnswerDto[]> {
    refuseUnsound(requests);
    return insideBatch(async () => {
      const answers: BatchAnswerDto[] = [];
      for (const [index, request] of requests.entries()) answers.push(await this.one(request, index, caller));
      return answers;
    });
  }

  private async one(request: BatchRequestDto, index: number, caller: BatchCaller): Promise<BatchAnswerDto> {
    const server = this.host.httpAdapter.getInstance<FastifyInstance>();
    const answer = await server.inject({
      method: request.method,
      url: request.path,
      remoteAddress: caller.ip,
      headers: headersFor(request, index, caller),
      ...(request.body === undefined ? {} : { payload: JSON.stringify(request.body) }),
    });
    return {
      id: request.id,
      status: answer.statusCode,
      headers: toldHeaders(answer.headers),
      body: /^application\/(?:problem\+)?json\b/.test(String(answer.headers['content-type'])) ? answer.json() : null,
    };
  }
}

function headersFor(request: BatchRequestDto, index: number, caller: BatchCaller): Record<string, string> {
  const key: Record<string, string> =
    caller.idempotencyKey !== undefined && request.method === 'POST'
      ? { 'idempotency-key': keyFor(caller.idempotencyKey, request.id) }
      : {};
  return {
    authorization: caller.authorization,
    'x-request-id': `${caller.requestId.slice(0, 96)}.${index + 1}`,
    ...(caller.userAgent === undefined ? {} : { 'user-agent': caller.userAgent }),
    ...(request.body === undefined ? {} : { 'content-type': 'application/json' }),
    ...key,
    ...ownHeaders(request.headers),
  };
}

function refuseUnsound(requests: readonly BatchRequestDto[]): void {
  const errors = requests.flatMap(({ path, headers }, index) => {
    const [wrongPath, wrongHeaders] = [pathProblem(path), headersProblem(headers ?? {})];
    return [
      ...(wrongPath ? [{ path: `requests.${index}.path`, message: wrongPath }] : []),
      ...(wrongHeaders ? [{ path: `requests.${index}.headers`, message: wrongHeaders }] : []),
    ];
  });
  if (errors.length > 0) throw new Refusal('invalid_input', { errors });
}
