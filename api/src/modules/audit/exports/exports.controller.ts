import { Body, Controller, Get, Header, HttpCode, Param, ParseUUIDPipe, Post, StreamableFile } from '@nestjs/common';
import { type Actor, CurrentActor, memberBehind, Require } from '../../../platform/access';
import { UnitOfWork } from '../../../platform/work';
import { ExportDownload } from './export.download';
import { AuditExportDto, AuditExportListDto, AuditExportTaskDto, NewAuditExportDto } from './exports.dto';
import { ExportsQueries } from './exports.queries';
import { AuditExports } from './exports.service';

@Controller('api/audit/exports')
export class AuditExportsController {
  constructor(
    private readonly work: UnitOfWork,
    private readonly queries: ExportsQueries,
    private readonly exports: AuditExports,
    private readonly download: ExportDownload,
  ) {}

  /** The newest 100 exports of the workspace, whoever asked for them, and how far each has come. */
  @Get()
  @Require('audit:read')
  async list(@CurrentActor() actor: Actor): Promise<AuditExportListDto> {
    return { items: await this.work.read(actor, (tx) => this.queries.list(tx)), nextCursor: null };
  }

  /**
   * Asks for a file of the log as it is now. It is made beside: `task_progress` on the live stream's service `tasks`
   * and GET /api/audit/exports/:id say how far it has come. Made on the caller's behalf: it stops when they may not
   * read the log any more. 429 `too_many_requests` with five unfinished ones.
   */
  @Post()
  @HttpCode(202)
  @Require('audit:read')
  request(@CurrentActor() actor: Actor, @Body() { format, filters }: NewAuditExportDto): Promise<AuditExportTaskDto> {
    return this.work.run(actor, async (tx) => {
      const makerId = memberBehind(actor);
      const taskId = await this.exports.request(tx, { format, filters: { ...filters }, makerId });
      return { taskId, ...(await this.queries.one(tx, taskId)) };
    });
  }

  /** One file, and how far it has come. */
  @Get(':id')
  @Require('audit:read')
  one(@CurrentActor() actor: Actor, @Param('id', ParseUUIDPipe) id: string): Promise<AuditExportDto> {
    return this.work.read(actor, (tx) => this.queries.one(tx, id));
  }

  /** Stops one that is not finished, and removes what there is of its file. 409 `wrong_state` when it is finished. */
  @Post(':id/cancel')
  @HttpCode(200)
  @Require('audit:read')
  cancel(@CurrentActor() actor: Actor, @Param('id', ParseUUIDPipe) id: string): Promise<AuditExportDto> {
    return this.work.run(actor, async (tx) => {
      await this.exports.cancel(tx, id);
      return this.queries.one(tx, id);
    });
  }

  /**
   * The file, for who asked for it and those a schedule names, signed in as themselves, for seven days. 404
   * `not_found` for everybody else and afterwards. Taking it leaves an entry.
   */
  @Get(':id/file')
  @Require('audit:read')
  @Header('cache-control', 'no-store')
  async file(@CurrentActor() actor: Actor, @Param('id', ParseUUIDPipe) id: string): Promise<StreamableFile> {
    const { name, format, bytes, content } = await this.download.open(actor, id);
    return new StreamableFile(content, {
      type: format === 'csv' ? 'text/csv; charset=utf-8' : 'application/x-ndjson; charset=utf-8',
      disposition: `attachment; filename="${name}"`,
      length: bytes,
    });
  }
}
