import { setTimeout as sleep } from 'node:timers/promises';
import { Controller, HttpCode, Param, Post, Req, Res } from '@nestjs/common';
import { ApiConsumes, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Public } from '../../../platform/access';
import { Refusal } from '../../../platform/refusal';
import { ReceptionIntake } from './reception-intake';

/** How many callers may be kept waiting at a time by receivers that answer slowly. */
const MOST_WAITING = 20;

/** Where receivers stand. Public: senders of webhooks sign in nowhere, and a token cannot be guessed. */
@ApiTags('TestReceivers')
@Controller('api/webhook-receivers')
export class TestReceiversIntakeController {
  private waiting = 0;

  constructor(private readonly intake: ReceptionIntake) {}

  /**
   * Takes in whatever is sent, and answers as the receiver was told to: 200, 500, 429, 410, or 200 after 20 seconds. More
   * than 100 requests a second are answered with 429 and not kept.
   */
  @Post(':token')
  @Public()
  @HttpCode(200)
  @ApiConsumes('*/*')
  @ApiResponse({ status: 200, description: 'It was kept' })
  async receive(
    @Param('token') token: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const body = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
    const { rawHeaders } = request.raw;
    const answer = await this.intake.take(token, { method: request.method, rawHeaders, body });
    if (!answer) throw new Refusal('not_found');
    if (answer.afterMs > 0) await this.wait(answer.afterMs);
    void reply.code(answer.status).headers(answer.headers).send(answer.body);
  }

  private async wait(ms: number): Promise<void> {
    if (this.waiting >= MOST_WAITING) return;
    this.waiting += 1;
    try {
      await sleep(ms, undefined, { ref: false });
    } finally {
      this.waiting -= 1;
    }
  }
}
