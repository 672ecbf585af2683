import { Body, Controller, Delete, Get, HttpCode, Param, ParseUUIDPipe, Post } from '@nestjs/common';
import { type Actor, CurrentActor, NeedsProof, Require } from '../../../platform/access';
import { Config } from '../../../platform/config';
import { readHead } from '../../../platform/log';
import { UnitOfWork } from '../../../platform/work';
import { NewScimTokenDto, ScimTokenInputDto, ScimTokenListDto } from './scim-tokens.dto';
import { ScimTokens } from './scim-tokens.service';

@Controller('api/scim/tokens')
export class ScimTokensController {
  constructor(
    private readonly work: UnitOfWork,
    private readonly tokens: ScimTokens,
    private readonly config: Config,
  ) {}

  /** The tokens that directories provision with, and the address they are given. */
  @Get()
  @Require('sso:read')
  list(@CurrentActor() actor: Actor): Promise<ScimTokenListDto> {
    return this.work.read(actor, async (tx) => ({
      items: await this.tokens.list(tx),
      nextCursor: null,
      asOf: await readHead(tx.query, tx.workspaceId),
      baseUrl: `${this.config.publicUrl}/scim/v2`,
    }));
  }

  /**
   * A new token for a directory, shown in this answer alone. The directory does what its maker could do at that time and
   * no more, and the token ends with their membership: let an owner make it. 403 `forbidden` for who has less than the
   * roles that provisioning gives.
   */
  @Post()
  @Require('sso:write')
  @NeedsProof()
  async create(@CurrentActor() actor: Actor, @Body() body: ScimTokenInputDto): Promise<NewScimTokenDto> {
    let token: string | null = null;
    const made = await this.work.run(actor, async (tx) => {
      const created = await this.tokens.create(tx, body.name, (shown) => (token = shown));
      return { ...created, token: null };
    });
    return { ...made, token };
  }

  /** Revokes a token: the directory is refused within five seconds. People and teams stay as they are. */
  @Delete(':id')
  @HttpCode(204)
  @Require('sso:write')
  @NeedsProof()
  revoke(@CurrentActor() actor: Actor, @Param('id', ParseUUIDPipe) id: string): Promise<void> {
    return this.work.run(actor, (tx) => this.tokens.revoke(tx, id));
  }
}
