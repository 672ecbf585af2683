import { Body, Controller, Get, HttpCode, Logger, Post, Req, Res } from '@nestjs/common';
import { ApiFoundResponse } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Public } from '../../../platform/access';
import { Refusal } from '../../../platform/refusal';
import { RefreshCookie } from '../../auth';
import { SsoStartDto, SsoStartedDto } from '../sso.dto';
import { SsoSignIn } from './sso-sign-in.service';
import { SsoVisit } from './sso-visit.service';

@Controller('api/auth/sso')
export class SsoController {
  private readonly log = new Logger('sso');

  constructor(
    private readonly signIn: SsoSignIn,
    private readonly visit: SsoVisit,
    private readonly cookie: RefreshCookie,
  ) {}

  /**
   * Where to sign in: by the domain of a mail address, by workspace, or at one provider. With several, the choice comes
   * first. 404 `not_found` when there is none; the answer says nothing about accounts. 400 `sso_failed` when the
   * provider cannot be reached.
   */
  @Post('start')
  @HttpCode(200)
  @Public()
  async start(
    @Body() body: SsoStartDto,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<SsoStartedDto> {
    this.cookie.refuseOtherSites(request);
    const found = await this.signIn.choices(body);
    const [only] = found;
    if (!only) throw new Refusal('not_found', { detail: 'No single sign-on is set up for this.' });
    if (found.length > 1) return { url: null, choices: found.map(({ choice }) => choice) };
    const at = { workspaceId: only.workspaceId, providerId: only.choice.providerId };
    const url = await this.visit.begin(reply, at, { returnTo: body.returnTo, email: body.email ?? null, link: null });
    return { url, choices: [] };
  }

  /**
   * The provider sends the browser here. 302 to where one wanted to go, with a session; or to the sign-in page (or the
   * page that links identities) with `?sso=` and one word for what went wrong. Nothing secret stands in either.
   */
  @Get('callback')
  @Public()
  @ApiFoundResponse({ description: 'Onwards' })
  async callback(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const { to, outcome, reason } = await this.visit.end(request, reply);
    if (reason) this.log.warn(`a visit ended with ${outcome}: ${reason.slice(0, 300)}`);
    await reply.header('cache-control', 'no-store').header('referrer-policy', 'no-referrer').redirect(to, 302);
  }
}
