import { Body, Controller, Delete, Get, HttpCode, Param, ParseUUIDPipe, Post } from '@nestjs/common';
import { type Actor, CurrentActor, NeedsProof, Require } from '../../platform/access';
import { readHead } from '../../platform/log';
import { UnitOfWork } from '../../platform/work';
import { ApiKeyInputDto, ApiKeyListDto, NewApiKeyDto } from './api-keys.dto';
import { ApiKeysQueries } from './api-keys.queries';
import { ApiKeys } from './api-keys.service';

@Controller('api/api-keys')
export class ApiKeysController {
  constructor(
    private readonly work: UnitOfWork,
    private readonly queries: ApiKeysQueries,
    private readonly keys: ApiKeys,
  ) {}

  /** All keys of the workspace, the newest first. */
  @Get()
  @Require('api_keys:read')
  list(@CurrentActor() actor: Actor): Promise<ApiKeyListDto> {
    return this.work.read(actor, async (tx) => ({
      items: await this.queries.list(tx),
      nextCursor: null,
      asOf: await readHead(tx.query, tx.workspaceId),
    }));
  }

  /**
   * A new key, shown in this answer alone. It may do what it is given here and its maker may do at the time it is used.
   * 403 `forbidden` names the permissions that the maker does not hold.
   */
  @Post()
  @Require('api_keys:write')
  @NeedsProof()
  async create(@CurrentActor() actor: Actor, @Body() body: ApiKeyInputDto): Promise<NewApiKeyDto> {
    let key: string | null = null;
    const made = await this.work.run(actor, async (tx) => {
      const apiKey = await this.keys.create(tx, body, (shown) => (key = shown));
      return { ...apiKey, key: null };
    });
    return { ...made, key };
  }

  /** Revokes a key: it stops working within five seconds everywhere, and its live connections are closed. */
  @Delete(':id')
  @HttpCode(204)
  @Require('api_keys:write')
  revoke(@CurrentActor() actor: Actor, @Param('id', ParseUUIDPipe) id: string): Promise<void> {
    return this.work.run(actor, (tx) => this.keys.revoke(tx, id));
  }
}
