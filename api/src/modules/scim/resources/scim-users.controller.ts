import {
  Body,
  Controller,
  Delete,
  Get,
  HttpCode,
  Param,
  Patch,
  Post,
  Put,
  Query,
  UseFilters,
  UseInterceptors,
} from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { type Actor, CurrentActor, Require } from '../../../platform/access';
import { Config } from '../../../platform/config';
import { UnitOfWork } from '../../../platform/work';
import { ScimAnswers, ScimErrors } from './scim-answers';
import { SCIM_ROOT } from './scim-bodies';
import { readFilter } from './scim-filter';
import { asAsked, type Json, listResponse, type ListResponse, pageOf } from './scim-resource';
import { userResource } from './scim-user';
import { ScimUsersQueries } from './scim-users.queries';
import { ScimUsers } from './scim-users.service';

/** Users of a directory (RFC 7643, 4.1; RFC 7644, 3): the members of the workspace whose token is shown. */
@ApiExcludeController()
@Controller('scim/v2/Users')
@UseFilters(ScimErrors)
@UseInterceptors(ScimAnswers)
export class ScimUsersController {
  private readonly root: string;

  constructor(
    private readonly work: UnitOfWork,
    private readonly queries: ScimUsersQueries,
    private readonly users: ScimUsers,
    config: Config,
  ) {
    this.root = `${config.publicUrl}${SCIM_ROOT}`;
  }

  @Get()
  @Require('provisioning')
  list(@CurrentActor() actor: Actor, @Query() query: Json): Promise<ListResponse> {
    const [page, filter] = [pageOf(query), readFilter(query.filter)];
    return this.work.read(actor, async (tx) => {
      const { users, total } = await this.queries.list(tx, page, filter, this.root);
      const resources = users.map((user) => asAsked(userResource(user, this.root), query));
      return listResponse(resources, total, page);
    });
  }

  @Post()
  @Require('provisioning')
  create(@CurrentActor() actor: Actor, @Body() body: unknown): Promise<Json> {
    return this.work.run(actor, async (tx) => userResource(await this.users.create(tx, body), this.root));
  }

  @Get(':id')
  @Require('provisioning')
  one(@CurrentActor() actor: Actor, @Param('id') id: string, @Query() query: Json): Promise<Json> {
    return this.work.read(actor, async (tx) => asAsked(userResource(await this.queries.one(tx, id), this.root), query));
  }

  @Put(':id')
  @Require('provisioning')
  replace(@CurrentActor() actor: Actor, @Param('id') id: string, @Body() body: unknown): Promise<Json> {
    return this.work.run(actor, async (tx) => userResource(await this.users.replace(tx, id, body), this.root));
  }

  @Patch(':id')
  @Require('provisioning')
  patch(@CurrentActor() actor: Actor, @Param('id') id: string, @Body() body: unknown): Promise<Json> {
    return this.work.run(actor, async (tx) => userResource(await this.users.patch(tx, id, body), this.root));
  }

  @Delete(':id')
  @HttpCode(204)
  @Require('provisioning')
  delete(@CurrentActor() actor: Actor, @Param('id') id: string): Promise<void> {
    return this.work.run(actor, (tx) => this.users.delete(tx, id));
  }
}
