import { Component, computed, effect, inject, input, signal } from '@angular/core';
import { toObservable, toSignal } from '@angular/core/rxjs-interop';
import { CircleAlert, CircleCheck, TriangleAlert } from 'lucide';
import { debounceTime, from, switchMap } from 'rxjs';
import { explain } from '../../../core/api';
import {
  checkSignatures,
  type Finding,
  findings,
  headersIn,
  keyBytes,
  type SignatureCheck,
  WebhooksApi,
} from '../../../data/webhooks';
import { Ticker } from '../../../shared/format';
import { PageHeadComponent } from '../../../shared/page';
import { BadgeComponent, IconComponent, type Tone } from '../../../shared/ui';

const STATES: Record<SignatureCheck['state'], { tone: Tone; label: string }> = {
  matches: { tone: 'good', label: 'matches' },
  differs: { tone: 'bad', label: 'does not match' },
  unchecked: { tone: 'neutral', label: 'not checked: no key of its kind' },
  malformed: { tone: 'warn', label: 'is no base64' },
};
const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/iu;

interface Verdict {
  checks: SignatureCheck[];
  findings: Finding[];
}

/** What is wrong with a message that does not verify. The secret stays in this page: it is never sent anywhere. */
@Component({
  selector: 'tl-signature-page',
  imports: [BadgeComponent, IconComponent, PageHeadComponent],
  templateUrl: './signature.page.html',
  styleUrl: './signature.page.scss',
})
export class SignaturePage {
  /** A delivery to compare with, or what a receiver got to begin with. */
  readonly delivery = input<string>();
  readonly reception = input<string>();

  private readonly api = inject(WebhooksApi);
  private readonly ticker = inject(Ticker);
  protected readonly states = STATES;
  protected readonly icons = { good: CircleCheck, warn: TriangleAlert, bad: CircleAlert };
  protected readonly headers = signal('');
  protected readonly body = signal('');
  protected readonly secret = signal('');
  protected readonly deliveryId = signal('');
  protected readonly sent = signal<{ id: string; body: string | null } | null>(null);
  protected readonly trouble = signal('');
  protected readonly empty = computed(() => this.headers().trim() === '' && this.body() === '');
  private readonly asked = computed(() => ({
    message: { ...headersIn(this.headers()), body: this.body() },
    secret: this.secret(),
    sent: this.sent(),
  }));
  protected readonly verdict = toSignal(
    toObservable(this.asked).pipe(
      debounceTime(200),
      switchMap((asked) => from(this.judge(asked))),
    ),
  );
  protected readonly keyTrouble = computed(() => {
    const text = this.secret().trim();
    return text === '' || keyBytes(text, text.startsWith('whpk_') ? 'whpk_' : 'whsec_')
      ? ''
      : 'This is neither whsec_… nor whpk_… nor base64.';
  });

  constructor() {
    effect(() => {
      const id = this.delivery();
      if (id) void this.compareWith(id);
    });
    effect(() => {
      const id = this.reception();
      if (id) void this.takeOver(id);
    });
  }

  protected async compareWith(id: string): Promise<void> {
    this.deliveryId.set(id);
    this.sent.set(null);
    this.trouble.set('');
    if (!UUID.test(id.trim())) {
      if (id.trim() !== '') this.trouble.set('A delivery’s id is a UUID; its page shows it.');
      return;
    }
    try {
      const { eventId, payload } = await this.api.delivery(id.trim());
      if (this.deliveryId() === id) this.sent.set({ id: eventId, body: payload });
    } catch (error) {
      this.trouble.set(explain(error, 'load the delivery').what);
    }
  }

  private async takeOver(id: string): Promise<void> {
    try {
      const { headers, body } = await this.api.reception(id);
      this.headers.set(headers.map(({ name, value }) => `${name}: ${value}`).join('\n'));
      this.body.set(body);
    } catch (error) {
      this.trouble.set(explain(error, 'load what was received').what);
    }
  }

  private async judge({ message, secret, sent }: ReturnType<typeof this.asked>): Promise<Verdict> {
    const text = secret.trim();
    const isPublic = text.startsWith('whpk_');
    const key = keyBytes(text, isPublic ? 'whpk_' : 'whsec_');
    const checks = await checkSignatures(message, { secret: isPublic ? null : key, publicKey: isPublic ? key : null });
    const nowSeconds = Math.floor(this.ticker.now() / 1_000);
    return { checks, findings: findings(message, checks, { nowSeconds, sent }) };
  }
}
