import { Component, computed, inject, input } from '@angular/core';
import type { Device, SignInMethod } from '@threadline/contracts';
import { MonitorSmartphone } from 'lucide';
import { SecurityStore } from '../../../data/security';
import { TimeComponent } from '../../../shared/format';
import { Toasts } from '../../../shared/toast';
import { BadgeComponent, DangerButtonComponent, IconComponent } from '../../../shared/ui';
import { Attempts } from './attempts';

const BY: Record<SignInMethod, string> = {
  password: 'with the password',
  passkey: 'with a passkey',
  sso: 'by single sign-on',
  invitation: 'by an invitation',
};

/** Where one is signed in, and ending that. */
@Component({
  selector: 'tl-devices-panel',
  imports: [BadgeComponent, DangerButtonComponent, IconComponent, TimeComponent],
  template: `
    <section aria-labelledby="tl-devices">
      <header>
        <div class="words">
          <h2 id="tl-devices">Devices</h2>
          <p>Where you are signed in to this workspace. What you end is signed out within seconds.</p>
        </div>
        @if (others()) {
          <tl-danger-button
            label="End all others"
            [consequence]="'Sign out ' + others() + (others() === 1 ? ' other device' : ' other devices')"
            [busy]="attempts.busy()"
            (confirmed)="endOthers()"
          />
        }
      </header>
      @if (attempts.refused(); as text) {
        <p class="refused" role="alert">{{ text }}</p>
      }
      <ul>
        @for (device of devices(); track device.id) {
          <li>
            <tl-icon [icon]="icon" />
            <div class="words">
              <p class="name">
                <span class="truncate">{{ device.name }}</span>
                @if (device.current) {
                  <tl-badge tone="good">This device</tl-badge>
                }
              </p>
              <p class="meta">
                Signed in <tl-time [at]="device.createdAt" [withClock]="true" /> {{ by[device.method] }} · last used
                <tl-time [at]="device.lastUsedAt" [withClock]="true" />
                @if (device.ip) {
                  · <span class="mono">{{ device.ip }}</span>
                }
              </p>
            </div>
            @if (!device.current) {
              <tl-danger-button small label="End" [consequence]="'Sign out ' + device.name" (confirmed)="end(device)" />
            }
          </li>
        }
      </ul>
    </section>
  `,
  styleUrl: './security.scss',
})
export class DevicesPanel {
  readonly devices = input.required<readonly Device[]>();
  private readonly store = inject(SecurityStore);
  private readonly toasts = inject(Toasts);
  protected readonly icon = MonitorSmartphone;
  protected readonly by = BY;
  protected readonly attempts = new Attempts();
  protected readonly others = computed(() => this.devices().filter(({ current }) => !current).length);

  protected async end(device: Device): Promise<void> {
    const ended = await this.attempts.run('sign it out', () => this.store.change((api) => api.endDevice(device.id)));
    if (ended) this.toasts.show({ text: `${device.name} is signed out` });
  }

  protected async endOthers(): Promise<void> {
    const ended = await this.attempts.run('sign them out', () => this.store.change((api) => api.endOtherDevices()));
    if (ended) this.toasts.show({ text: 'All other devices are signed out' });
  }
}
