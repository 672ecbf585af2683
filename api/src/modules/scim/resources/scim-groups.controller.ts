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
import { groupResource } from './scim-group';
import { ScimGroups } from './scim-groups.service';
import { asAsked, type Json, listResponse, type ListResponse, pageOf } from './scim-resource';

/** Groups of a directory (RFC 7643, 4.2; RFC 7644, 3): the teams of the workspace whose token is shown. */
@ApiExcludeController()
@Controller('scim/v2/Groups')
@UseFilters(ScimErrors)
@UseInterceptors(ScimAnswers)
export class ScimGroupsController {
  private readonly root: string;

  constructor(
    private readonly work: UnitOfWork,
    private readonly groups: ScimGroups,
    config: Config,
  ) {
    this.root = `${config.publicUrl}${SCIM_ROOT}`;
  }

  @Get()
  @Require('provisioning')
  list(@CurrentActor() actor: Actor, @Query() query: Json): Promise<ListResponse> {
    const [page, filter] = [pageOf(query), readFilter(query.filter)];
    return this.work.read(actor, async (tx) => {
      const all = (await this.groups.list(tx)).map((group) => groupResource(group, this.root));
      const matching = filter ? all.filter(filter.matches) : all;
      const from = page.startIndex - 1;
      const resources = matching.slice(from, from + page.count).map((resource) => asAsked(resource, query));
      return listResponse(resources, matching.length, page);
    });
  }

  @Post()
  @Require('provisioning')
  create(@CurrentActor() actor: Actor, @Body() body: unknown): Promise<Json> {
    return this.work.run(actor, async (tx) => groupResource(await this.groups.create(tx, body), this.root));
  }

  @Get(':id')
  @Require('provisioning')
  one(@CurrentActor() actor: Actor, @Param('id') id: string, @Query() query: Json): Promise<Json> {
    return this.work.read(actor, async (tx) => asAsked(groupResource(await this.groups.one(tx, id), this.root), query));
  }

  @Put(':id')
  @Require('provisioning')
  replace(@CurrentActor() actor: Actor, @Param('id') id: string, @Body() body: unknown): Promise<Json> {
    return this.work.run(actor, async (tx) => groupResource(await this.groups.replace(tx, id, body), this.root));
  }

  @Patch(':id')
  @Require('provisioning')
  patch(@CurrentActor() actor: Actor, @Param('id') id: string, @Body() body: unknown): Promise<Json> {
    return this.work.run(actor, async (tx) => groupResource(await this.groups.patch(tx, id, body), this.root));
  }

  @Delete(':id')
  @HttpCode(204)
  @Require('provisioning')
  delete(@CurrentActor() actor: Actor, @Param('id') id: string): Promise<void> {
    return this.work.run(actor, (tx) => this.groups.delete(tx, id));
  }
}
