import { Body, Controller, Delete, Get, HttpCode, Param, Patch, Post } from '@nestjs/common';
import { type Actor, CurrentActor, Require } from '../../../platform/access';
import { readHead } from '../../../platform/log';
import { UnitOfWork } from '../../../platform/work';
import { Addresses } from './addresses.service';
import {
  ChangeWebhookDto,
  CreateWebhookDto,
  NewWebhookDto,
  RotatedSecretDto,
  WebhookDto,
  WebhookListDto,
  WebhookParams,
  WebhookSnapshotDto,
} from './webhooks.dto';
import { WebhooksQueries } from './webhooks.queries';
import { Webhooks } from './webhooks.service';

@Controller('api/webhooks')
export class WebhooksController {
  constructor(
    private readonly work: UnitOfWork,
    private readonly queries: WebhooksQueries,
    private readonly webhooks: Webhooks,
    private readonly addresses: Addresses,
  ) {}

  /** All endpoints of the workspace, the newest first. */
  @Get()
  @Require('webhooks:read')
  list(@CurrentActor() actor: Actor): Promise<WebhookListDto> {
    return this.work.read(actor, async (tx) => ({
      items: await this.queries.list(tx),
      nextCursor: null,
      asOf: await readHead(tx.query, tx.workspaceId),
    }));
  }

  /**
   * A new endpoint, with the secret that its messages are signed with, shown in this answer alone. It gets events from
   * now on, with the rights that its maker has at the time of each. 400 `address_not_allowed` for an address that may
   * not be reached; 409 `quota_reached` for the 51st endpoint.
   */
  @Post()
  @Require('webhooks:write')
  async create(@CurrentActor() actor: Actor, @Body() body: CreateWebhookDto): Promise<NewWebhookDto> {
    await this.addresses.check(body.url);
    let secret: string | null = null;
    const made = await this.work.run(actor, async (tx) => {
      const webhook = await this.webhooks.create(tx, body, (shown) => (secret = shown));
      return { ...webhook, secret: null };
    });
    return { ...made, secret };
  }

  /** One endpoint, and what waits for it. */
  @Get(':id')
  @Require('webhooks:read')
  one(@CurrentActor() actor: Actor, @Param() { id }: WebhookParams): Promise<WebhookSnapshotDto> {
    return this.work.read(actor, async (tx) => ({
      ...(await this.queries.one(tx, id)),
      backlog: await this.queries.backlog(tx, id),
      asOf: await readHead(tx.query, tx.workspaceId),
    }));
  }

  /**
   * Changes the given settings and leaves the others. Who changes the address, types or filters, or switches it on,
   * becomes its maker. Switched off, what waits is cancelled. 400 `address_not_allowed`.
   */
  @Patch(':id')
  @Require('webhooks:write')
  async change(
    @CurrentActor() actor: Actor,
    @Param() { id }: WebhookParams,
    @Body() body: ChangeWebhookDto,
  ): Promise<WebhookDto> {
    await this.work.read(actor, (tx) => this.queries.one(tx, id));
    if (body.url !== undefined) await this.addresses.check(body.url);
    return this.work.run(actor, (tx) => this.webhooks.change(tx, id, body));
  }

  /** Takes an endpoint out, with the history of its deliveries. */
  @Delete(':id')
  @HttpCode(204)
  @Require('webhooks:write')
  delete(@CurrentActor() actor: Actor, @Param() { id }: WebhookParams): Promise<void> {
    return this.work.run(actor, (tx) => this.webhooks.delete(tx, id));
  }

  /**
   * A new secret, shown in this answer alone. The one before it signs too for 24 hours. 409 `quota_reached` while ten
   * replaced ones still sign.
   */
  @Post(':id/rotate-secret')
  @HttpCode(200)
  @Require('webhooks:write')
  async rotate(@CurrentActor() actor: Actor, @Param() { id }: WebhookParams): Promise<RotatedSecretDto> {
    let secret: string | null = null;
    const rotated = await this.work.run(actor, async (tx) => ({
      ...(await this.webhooks.rotate(tx, id, (shown) => (secret = shown))),
      secret: null,
    }));
    return { ...rotated, secret };
  }
}
