import { Body, Controller, Delete, Get, HttpCode, Param, Patch, Post } from '@nestjs/common';
import { type Actor, CurrentActor, NeedsProof, Require } from '../../../platform/access';
import { readHead } from '../../../platform/log';
import { UnitOfWork } from '../../../platform/work';
import { OidcClient } from '../oidc.client';
import { ProvidersQueries } from './providers.queries';
import { ProvidersService } from './providers.service';
import {
  BreakGlassDto,
  NewProviderDto,
  ProviderChangeDto,
  ProviderDto,
  ProviderListDto,
  ProviderParams,
  ProviderTestDto,
} from '../sso.dto';

@Controller('api/sso')
export class ProvidersController {
  constructor(
    private readonly work: UnitOfWork,
    private readonly providers: ProvidersService,
    private readonly queries: ProvidersQueries,
    private readonly oidc: OidcClient,
  ) {}

  /** The workspace's identity providers; a client secret is never in an answer. */
  @Get('providers')
  @Require('sso:read')
  list(@CurrentActor() actor: Actor): Promise<ProviderListDto> {
    return this.work.read(actor, async (tx) => ({
      items: await this.queries.list(tx),
      nextCursor: null,
      asOf: await readHead(tx.query, tx.workspaceId),
      redirectUri: this.oidc.redirectUri,
      breakGlass: await this.queries.breakGlass(tx),
    }));
  }

  /**
   * Adds a provider. Its issuer is asked first: 400 `address_not_allowed`, 400 `sso_failed` when it cannot be reached or
   * calls itself anything else, be it by a slash; 403 `forbidden` for a role above the caller's own; 409 `duplicate`.
   */
  @Post('providers')
  @Require('sso:write')
  @NeedsProof()
  async create(@CurrentActor() actor: Actor, @Body() body: NewProviderDto): Promise<ProviderDto> {
    await this.providers.checkIssuer(body.issuer);
    return this.work.run(actor, (tx) => this.providers.create(tx, body));
  }

  /**
   * Changes the given fields and leaves the others. A new issuer needs its client secret too. Errors as for adding one;
   * whoever changes more than the name, or the secret, needs what all its roles give, those that stay too. An account that
   * a directory made is opened by the provider for the first time only where the last who did so may change that member.
   */
  @Patch('providers/:id')
  @Require('sso:write')
  @NeedsProof()
  async change(
    @CurrentActor() actor: Actor,
    @Param() { id }: ProviderParams,
    @Body() body: ProviderChangeDto,
  ): Promise<ProviderDto> {
    const before = await this.work.read(actor, (tx) => this.queries.one(tx, id));
    if (body.issuer !== undefined && body.issuer !== before.issuer) await this.providers.checkIssuer(body.issuer);
    return this.work.run(actor, (tx) => this.providers.change(tx, id, body));
  }

  /** Removes a provider; nobody signs in through it any more. Running sessions stay. */
  @Delete('providers/:id')
  @HttpCode(204)
  @Require('sso:write')
  @NeedsProof()
  delete(@CurrentActor() actor: Actor, @Param() { id }: ProviderParams): Promise<void> {
    return this.work.run(actor, (tx) => this.providers.delete(tx, id));
  }

  /** Looks at the provider now and says in words what is right and what is not. 400 `address_not_allowed`. */
  @Post('providers/:id/test')
  @HttpCode(200)
  @Require('sso:write')
  async test(@CurrentActor() actor: Actor, @Param() { id }: ProviderParams): Promise<ProviderTestDto> {
    const { issuer } = await this.work.read(actor, (tx) => this.queries.one(tx, id));
    return this.providers.test(issuer);
  }

  /**
   * Says which owners keep their password while the workspace signs in through its provider only. 403 `forbidden`
   * unless the caller is an owner.
   */
  @Patch('break-glass')
  @Require('sso:write')
  @NeedsProof()
  breakGlass(@CurrentActor() actor: Actor, @Body() body: BreakGlassDto): Promise<BreakGlassDto> {
    return this.work.run(actor, async (tx) => ({ userIds: await this.providers.setBreakGlass(tx, body.userIds) }));
  }
}
