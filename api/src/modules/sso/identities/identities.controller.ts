import { Body, Controller, Delete, Get, HttpCode, Param, Post, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { type Actor, CurrentActor, memberBehind, NeedsProof, Require } from '../../../platform/access';
import { Refusal } from '../../../platform/refusal';
import { UnitOfWork } from '../../../platform/work';
import { RefreshCookie } from '../../auth';
import { Identities } from './identities.service';
import { IdentityListDto, LinkStartDto, LinkStartedDto, ProviderParams } from '../sso.dto';
import { SsoVisit } from '../sign-in/sso-visit.service';

/** The page that shows them, where a visit that links one ends. */
const PAGE = '/settings/security';

@Controller('api/auth/identities')
export class IdentitiesController {
  constructor(
    private readonly work: UnitOfWork,
    private readonly identities: Identities,
    private readonly visit: SsoVisit,
    private readonly cookie: RefreshCookie,
  ) {}

  /** The identities that sign the caller in, and the providers of this workspace that could be added. */
  @Get()
  @Require('signed-in')
  list(@CurrentActor() actor: Actor): Promise<IdentityListDto> {
    return this.work.read(actor, async (tx) => ({
      items: await this.identities.list(tx),
      nextCursor: null,
      offered: await this.identities.offered(tx),
    }));
  }

  /**
   * Begins to link an identity to the caller's account: where to go. The visit ends at Settings → Security with `?sso=`.
   * 404 `not_found`, 400 `sso_failed`.
   */
  @Post('start')
  @HttpCode(200)
  @Require('signed-in')
  @NeedsProof('account')
  async start(
    @CurrentActor() actor: Actor,
    @Body() { providerId }: LinkStartDto,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<LinkStartedDto> {
    this.cookie.refuseOtherSites(request);
    const sessionId = actor.credential?.id;
    if (!sessionId) throw new Refusal('forbidden');
    const link = { userId: memberBehind(actor), sessionId };
    const at = { workspaceId: actor.workspaceId, providerId };
    return { url: await this.visit.begin(reply, at, { returnTo: PAGE, email: null, link }) };
  }

  /** Unlinks one. 409 `wrong_state` when nothing else would sign the caller in. */
  @Delete(':id')
  @HttpCode(204)
  @Require('signed-in')
  @NeedsProof('account')
  unlink(@CurrentActor() actor: Actor, @Param() { id }: ProviderParams): Promise<void> {
    return this.work.run(actor, (tx) => this.identities.unlink(tx, id));
  }
}
