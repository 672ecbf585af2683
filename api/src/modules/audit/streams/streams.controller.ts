import { Body, Controller, Delete, Get, HttpCode, Param, ParseUUIDPipe, Patch, Post } from '@nestjs/common';
import { type Actor, CurrentActor, NeedsProof, Require } from '../../../platform/access';
import { Clock } from '../../../platform/clock';
import { UnitOfWork } from '../../../platform/work';
import { StreamParcels } from './stream.parcels';
import { StreamPost } from './stream.post';
import {
  AuditStreamChangeDto,
  AuditStreamDto,
  AuditStreamListDto,
  AuditStreamSecretDto,
  AuditStreamTestDto,
  NewAuditStreamAnswerDto,
  NewAuditStreamDto,
} from './streams.dto';
import { StreamsQueries } from './streams.queries';
import { AuditStreams } from './streams.service';

@Controller('api/audit/streams')
export class AuditStreamsController {
  constructor(
    private readonly work: UnitOfWork,
    private readonly queries: StreamsQueries,
    private readonly streams: AuditStreams,
    private readonly parcels: StreamParcels,
    private readonly post: StreamPost,
    private readonly clock: Clock,
  ) {}

  /** Where the log goes by itself, and how far each stream has come. */
  @Get()
  @Require('audit:read')
  async list(@CurrentActor() actor: Actor): Promise<AuditStreamListDto> {
    return { items: await this.work.read(actor, (tx) => this.queries.list(tx)), nextCursor: null };
  }

  /**
   * A new stream. Entries come in the order of the log, at least once, in batches; a batch that is not taken is tried
   * again, ever more rarely, and nothing comes before it. Only 2xx is taken. 400 `address_not_allowed` for what may not
   * be reached from here.
   */
  @Post()
  @Require('audit:write')
  @NeedsProof()
  async create(@CurrentActor() actor: Actor, @Body() body: NewAuditStreamDto): Promise<NewAuditStreamAnswerDto> {
    const { name, kind, from, entries = true, checkpoints = true, tls = true, certificate = null } = body;
    const place = { url: body.url ?? null, host: body.host ?? null, port: body.port ?? null, tls, certificate };
    if (place.url !== null || place.host !== null) await this.check(place);
    let secret: string | null = null;
    const made = await this.work.run(actor, async (tx) => {
      const wanted = { name, kind, from, entries, checkpoints, ...place };
      const stream = await this.streams.create(tx, wanted, (shown) => (secret = shown));
      return { ...stream, secret: null };
    });
    return { ...made, secret };
  }

  /** Changes the given fields, pauses, or goes on. 400 `address_not_allowed`. */
  @Patch(':id')
  @Require('audit:write')
  @NeedsProof()
  async change(
    @CurrentActor() actor: Actor,
    @Param('id', ParseUUIDPipe) id: string,
    @Body() body: AuditStreamChangeDto,
  ): Promise<AuditStreamDto> {
    const { name, url, host, port, tls, certificate, entries, checkpoints, state } = body;
    const change = given({ name, url, host, port, tls, certificate, entries, checkpoints, state });
    const row = await this.work.read(actor, (tx) => this.queries.row(tx, id));
    if ([url, host, port, tls].some((part) => part !== undefined)) await this.check({ ...row, ...change });
    return this.work.run(actor, (tx) => this.streams.change(tx, id, change));
  }

  /** Ends a stream; what was not taken is not delivered any more. */
  @Delete(':id')
  @HttpCode(204)
  @Require('audit:write')
  delete(@CurrentActor() actor: Actor, @Param('id', ParseUUIDPipe) id: string): Promise<void> {
    return this.work.run(actor, (tx) => this.streams.delete(tx, id));
  }

  /** Sends a test now, and says whether it was taken. It is no entry of the log, and moves nothing. */
  @Post(':id/test')
  @HttpCode(200)
  @Require('audit:write')
  async test(@CurrentActor() actor: Actor, @Param('id', ParseUUIDPipe) id: string): Promise<AuditStreamTestDto> {
    const row = await this.work.read(actor, (tx) => this.queries.row(tx, id));
    const posted = await this.post.send(row, this.parcels.test(actor.workspaceId, id, this.clock.now()));
    const error = posted.ok ? null : posted.error;
    return this.work.run(actor, async (tx) => {
      await this.streams.tested(tx, id, error);
      return { ok: posted.ok, tookMs: Math.round(posted.tookMs), error };
    });
  }

  /** A new secret of a webhook, shown in this answer alone; the old one is no longer used. 409 `wrong_state` for syslog. */
  @Post(':id/rotate-secret')
  @HttpCode(200)
  @Require('audit:write')
  @NeedsProof()
  async rotateSecret(
    @CurrentActor() actor: Actor,
    @Param('id', ParseUUIDPipe) id: string,
  ): Promise<AuditStreamSecretDto> {
    let secret: string | null = null;
    const rotated = await this.work.run(actor, async (tx) => {
      await this.streams.rotateSecret(tx, id, (shown) => (secret = shown));
      return { secret: null };
    });
    return { ...rotated, secret };
  }

  private check(place: {
    url: string | null;
    host: string | null;
    port: number | null;
    tls: boolean;
    certificate: string | null;
  }): Promise<void> {
    const { url, host, port, tls, certificate } = place;
    return this.post.check({ url, host: host ?? '', port: port ?? 0, tls, certificate });
  }
}

/** Without what was left out. */
function given<T extends object>(change: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: Exclude<T[K], undefined>;
  };
}
