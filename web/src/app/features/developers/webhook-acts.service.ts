import { Injectable, inject } from '@angular/core';
import type { Delivery, Webhook } from '@threadline/contracts';
import { explain } from '../../core/api';
import { WebhooksApi, WebhooksStore } from '../../data/webhooks';
import { Dialogs } from '../../shared/dialog';
import { Toasts } from '../../shared/toast';
import { ReplayDialog, type ReplayRequest } from './replay.dialog';
import { SecretDialog } from './secret.dialog';
import { TestDialog } from './test.dialog';
import { type NewWebhookRequest, WebhookDialog } from './webhook.dialog';

/** What can be done with endpoints and deliveries; says what did not work. */
@Injectable({ providedIn: 'root' })
export class WebhookActs {
  private readonly api = inject(WebhooksApi);
  private readonly store = inject(WebhooksStore);
  private readonly dialogs = inject(Dialogs);
  private readonly toasts = inject(Toasts);

  /** Asks what the new endpoint gets; its id, or undefined when none was made. */
  async make(): Promise<string | undefined> {
    return this.said('open the form', async () => {
      const entries = await this.api.catalogue();
      const data: NewWebhookRequest = {
        entries,
        receiver: () => this.receiver(),
        check: (url, call) => this.api.check(url, call),
        create: (settings) => this.api.create(settings),
      };
      return this.dialogs.open<string>(WebhookDialog, { label: 'Add endpoint', data, width: 640, focus: 'input' });
    });
  }

  async switch({ id, enabled }: Webhook): Promise<void> {
    await this.said(enabled ? 'pause the endpoint' : 'resume the endpoint', () =>
      this.api.change(id, { enabled: !enabled }),
    );
  }

  async rotate({ id }: Webhook): Promise<void> {
    await this.said('rotate the secret', async () => {
      const { secret } = await this.api.rotate(id);
      await this.dialogs.open(SecretDialog, { label: 'The new secret', data: secret ?? '', width: 560 });
    });
  }

  async test({ id }: Webhook): Promise<void> {
    await this.said('send a test event', async () => {
      const data = await this.api.test(id);
      this.store.again();
      await this.dialogs.open(TestDialog, { label: 'Test event', data, width: 640 });
    });
  }

  async redeliver({ id }: Delivery): Promise<void> {
    await this.said('deliver it again', async () => {
      await this.api.redeliver(id);
      this.store.again();
      this.toasts.show({ text: 'It is delivered again now' });
    });
  }

  async replay(webhook: Webhook, newest: number): Promise<void> {
    const data: ReplayRequest = {
      newest,
      preview: (range) => this.api.preview(webhook.id, range),
      replay: (range) => this.api.replay(webhook.id, range),
    };
    const sent = await this.dialogs.open<number>(ReplayDialog, { label: 'Replay', data, width: 520 });
    if (sent === undefined) return;
    this.store.again();
    this.toasts.show({ text: `${sent} ${sent === 1 ? 'delivery is' : 'deliveries are'} on the way` });
  }

  /** True when it is gone. */
  async delete({ id }: Webhook): Promise<boolean> {
    return (await this.said('delete the endpoint', () => this.api.delete(id).then(() => true))) === true;
  }

  /** The newest receiver, made where there is none. */
  private async receiver(): Promise<string> {
    const [newest] = await this.api.receivers();
    return (newest ?? (await this.api.makeReceiver())).url;
  }

  private async said<T>(doing: string, work: () => Promise<T>): Promise<T | undefined> {
    try {
      return await work();
    } catch (error) {
      const { what, safe, todo } = explain(error, doing);
      this.toasts.show({ text: [what, safe, todo].filter(Boolean).join(' '), tone: 'bad' });
      return undefined;
    }
  }
}
