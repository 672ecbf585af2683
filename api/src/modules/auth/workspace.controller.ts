import { Body, Controller, Get, Patch, Put } from '@nestjs/common';
import { type Actor, CurrentActor, Require } from '../../platform/access';
import { UnitOfWork } from '../../platform/work';
import { UserSettingsDto, WorkspaceChangeDto, WorkspaceDto } from './auth.dto';
import { MembersQueries } from './members.queries';
import { Settings } from './settings.service';

@Controller('api')
export class WorkspaceController {
  constructor(
    private readonly work: UnitOfWork,
    private readonly queries: MembersQueries,
    private readonly settings: Settings,
  ) {}

  /** The workspace of the caller. */
  @Get('workspace')
  @Require('workspace:read')
  workspace(@CurrentActor() actor: Actor): Promise<WorkspaceDto> {
    return this.work.read(actor, (tx) => this.queries.workspace(tx));
  }

  /** Changes the workspace's name. */
  @Patch('workspace')
  @Require('workspace:write')
  change(@CurrentActor() actor: Actor, @Body() body: WorkspaceChangeDto): Promise<WorkspaceDto> {
    return this.work.run(actor, async (tx) => {
      if (body.name !== undefined) await this.settings.renameWorkspace(tx, body.name);
      return this.queries.workspace(tx);
    });
  }

  /** The caller's own settings in this workspace. */
  @Get('user/settings')
  @Require('signed-in')
  userSettings(@CurrentActor() actor: Actor): Promise<UserSettingsDto> {
    return this.work.read(actor, (tx) => this.settings.ofUser(tx));
  }

  /** Replaces the caller's own settings. */
  @Put('user/settings')
  @Require('settings:write')
  saveUserSettings(@CurrentActor() actor: Actor, @Body() body: UserSettingsDto): Promise<UserSettingsDto> {
    return this.work.run(actor, (tx) => this.settings.save(tx, body));
  }
}
