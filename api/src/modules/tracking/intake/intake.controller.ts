import { Controller, Get, Param, Query, Req, Res } from '@nestjs/common';
import { ApiProduces, ApiQuery, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Public } from '../../../platform/access';
import { IntakeDoor } from './intake.door';

/** What mail programs fetch and readers click. Public: those are strangers, and a tracking id cannot be guessed. */
@ApiTags('Tracking')
@Controller('api/outreach')
@Public()
export class IntakeController {
  constructor(private readonly door: IntakeDoor) {}

  /**
   * The pixel: 200 and one transparent GIF, never cached, also for an unknown id. The hit is on disk before the
   * answer; one over the limits is answered alike and only counted. HEAD is answered like GET, and recorded as such.
   */
  @Get('track/:trackingId')
  @ApiProduces('image/gif')
  @ApiResponse({ status: 200, description: 'One transparent pixel' })
  pixel(@Param('trackingId') trackingId: string, @Req() request: FastifyRequest, @Res() reply: FastifyReply): void {
    reply.hijack();
    this.door.pixel(request.raw, reply.raw, trackingId, request.id);
  }

  /**
   * A tracked link: 302 to the link that was in the mail, which `l` holds, sealed for this tracking id; a page with
   * 404 for anything else. Needs no database.
   */
  @Get('click/:trackingId')
  @ApiQuery({ name: 'l', required: false, type: String })
  @ApiResponse({ status: 302, description: 'To the link that was in the mail' })
  @ApiResponse({ status: 404, description: 'A page that says the link does not work' })
  click(
    @Param('trackingId') trackingId: string,
    @Query('l') sealed: unknown,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): void {
    reply.hijack();
    const text = typeof sealed === 'string' ? sealed : null;
    this.door.click(request.raw, reply.raw, trackingId, text, request.id);
  }
}
