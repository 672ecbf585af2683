import { Body, Controller, Get, Header, Param, ParseUUIDPipe, Post, Query, StreamableFile } from '@nestjs/common';
import { ref } from '@threadline/contracts';
import { type Actor, CurrentActor, NeedsProof, Require } from '../../platform/access';
import { readHead } from '../../platform/log';
import { UnitOfWork } from '../../platform/work';
import { bundlePage } from './bundle-page';
import type { LeadBundle } from './lead-collection';
import { NewPrivacyRequestDto, PrivacyFileParams, PrivacyRequestDto, PrivacyRequestListDto } from './privacy.dto';
import { PrivacyQueries } from './requests.queries';
import { PrivacyRequests } from './requests.service';

@Controller('api/privacy/requests')
export class PrivacyController {
  constructor(
    private readonly work: UnitOfWork,
    private readonly requests: PrivacyRequests,
    private readonly queries: PrivacyQueries,
  ) {}

  /** Data subjects' requests, the newest first. */
  @Get()
  @Require('privacy:write')
  list(@CurrentActor() actor: Actor): Promise<PrivacyRequestListDto> {
    return this.work.read(actor, async (tx) => ({
      items: await this.queries.list(tx),
      nextCursor: null,
      asOf: await readHead(tx.query, tx.workspaceId),
    }));
  }

  /**
   * Exports or erases everything about a lead, in the background. 404 for a lead that is absent or erased; 409 `on_hold`
   * when a legal hold keeps it, `wrong_state` when the same is being done already. Erasing cannot be undone.
   */
  @Post()
  @Require('privacy:write')
  @NeedsProof()
  make(@CurrentActor() actor: Actor, @Body() body: NewPrivacyRequestDto): Promise<PrivacyRequestDto> {
    return this.work.run(actor, (tx) => this.requests.make(tx, body));
  }

  /** One request, and how far it has come. */
  @Get(':id')
  @Require('privacy:write')
  one(@CurrentActor() actor: Actor, @Param('id', ParseUUIDPipe) id: string): Promise<PrivacyRequestDto> {
    return this.work.read(actor, (tx) => this.queries.one(tx, id));
  }

  /** What was done, signed, as a file; it names nobody. `threadline-audit verify-receipt` checks it. 404 until it is done. */
  @Get(':id/receipt')
  @Require('privacy:write')
  @Header('cache-control', 'no-store')
  async receipt(@CurrentActor() actor: Actor, @Param('id', ParseUUIDPipe) id: string): Promise<StreamableFile> {
    const text = await this.work.read(actor, (tx) => this.queries.receipt(tx, id));
    return file(text, 'application/json; charset=utf-8', `receipt-${id}.json`);
  }

  /** Everything about the lead, for who asked for it, for seven days. Fetching it leaves an entry in the audit log. */
  @Get(':id/file')
  @Require('privacy:write')
  @Header('cache-control', 'no-store')
  async file(
    @CurrentActor() actor: Actor,
    @Param('id', ParseUUIDPipe) id: string,
    @Query() { format }: PrivacyFileParams,
  ): Promise<StreamableFile> {
    const text = await this.work.run(actor, async (tx) => {
      const found = await this.queries.file(tx, id);
      const targets = [ref('privacy_request', id), ref('lead', found.leadId)];
      tx.note({ action: 'privacy_request.file_fetched', outcome: 'allowed', targets });
      return found.text;
    });
    return format === 'html'
      ? file(bundlePage(JSON.parse(text) as LeadBundle), 'text/html; charset=utf-8', `data-${id}.html`)
      : file(text, 'application/json; charset=utf-8', `data-${id}.json`);
  }
}

function file(text: string, type: string, name: string): StreamableFile {
  return new StreamableFile(Buffer.from(text, 'utf8'), { type, disposition: `attachment; filename="${name}"` });
}
