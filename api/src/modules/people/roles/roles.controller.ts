import { Body, Controller, Delete, Get, HttpCode, Param, Patch, Post } from '@nestjs/common';
import { type Actor, CurrentActor, Require } from '../../../platform/access';
import { readHead } from '../../../platform/log';
import { UnitOfWork } from '../../../platform/work';
import { ChangeRoleDto, CreateRoleDto, RoleDto, RoleListDto, RoleParams } from './roles.dto';
import { RolesQueries } from './roles.queries';
import { RolesService } from './roles.service';

@Controller('api/roles')
export class RolesController {
  constructor(
    private readonly work: UnitOfWork,
    private readonly roles: RolesService,
    private readonly queries: RolesQueries,
  ) {}

  /** Every role, the built-in ones first, with how many have it. */
  @Get()
  @Require('members:read')
  list(@CurrentActor() actor: Actor): Promise<RoleListDto> {
    return this.work.read(actor, async (tx) => ({
      items: await this.queries.list(tx),
      nextCursor: null,
      asOf: await readHead(tx.query, tx.workspaceId),
    }));
  }

  /**
   * Makes a role. 403 `forbidden` when it gives what the caller does not have; 409 `duplicate` when another role has
   * its name.
   */
  @Post()
  @Require('roles:write')
  create(@CurrentActor() actor: Actor, @Body() body: CreateRoleDto): Promise<RoleDto> {
    return this.work.run(actor, (tx) => this.roles.create(tx, body));
  }

  /** Changes the given fields and leaves the others, for everybody who has it at once. 409 `built_in_role`, `duplicate`. */
  @Patch(':id')
  @Require('roles:write')
  change(@CurrentActor() actor: Actor, @Param() { id }: RoleParams, @Body() body: ChangeRoleDto): Promise<RoleDto> {
    return this.work.run(actor, (tx) => this.roles.change(tx, id, body));
  }

  /** Deletes a role that nobody has. 409 `built_in_role`, `role_in_use`. */
  @Delete(':id')
  @HttpCode(204)
  @Require('roles:write')
  delete(@CurrentActor() actor: Actor, @Param() { id }: RoleParams): Promise<void> {
    return this.work.run(actor, (tx) => this.roles.delete(tx, id));
  }
}
