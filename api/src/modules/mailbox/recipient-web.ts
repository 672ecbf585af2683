import { Injectable, Logger } from '@nestjs/common';
import { remoteImages, webLinks } from '../../platform/html';
import { LoopbackClient, type LoopbackRequest } from '../../platform/outbound';
import { BROWSER, GATEWAY, gatewayAddress, MAIL_PROGRAM } from './mail-agents.rules';

/** What the recipient's programs ask over HTTP. */
@Injectable()
export class RecipientWeb {
  private readonly log = new Logger('mailbox');

  constructor(private readonly loopback: LoopbackClient) {}

  async open(html: string): Promise<void> {
    const pictures = remoteImages(html).filter((url) => this.loopback.isOurs(url));
    await Promise.all(pictures.map((url) => this.loopback.fetch({ method: 'GET', url, headers: MAIL_PROGRAM })));
  }

  async click(url: string): Promise<string | null> {
    // A link that is not tracked leads where it says; nothing of ours hears of it.
    if (!this.loopback.isOurs(url)) return url;
    const { status, headers } = await this.loopback.fetch({ method: 'GET', url, headers: BROWSER });
    return status >= 300 && status < 400 ? (headers.location ?? null) : null;
  }

  async scan(html: string, recipient: string): Promise<number> {
    const urls = [...remoteImages(html), ...webLinks(html).map(({ href }) => href)].filter((url) =>
      this.loopback.isOurs(url),
    );
    const from = gatewayAddress(recipient.slice(recipient.lastIndexOf('@') + 1));
    const asked = [...new Set(urls)].flatMap((url): LoopbackRequest[] =>
      (['HEAD', 'GET'] as const).map((method) => ({ method, url, headers: GATEWAY, from })),
    );
    const answers = await Promise.allSettled(asked.map((request) => this.loopback.fetch(request)));
    for (const answer of answers) {
      if (answer.status === 'rejected') this.log.warn({ err: answer.reason as unknown }, 'the gateway got no answer');
    }
    return asked.length;
  }
}
