import { Injectable, computed, effect, inject, signal, untracked } from '@angular/core';
import { workspaceSaveUserSettings, workspaceUserSettings } from '@threadline/api-client';
import { DEFAULT_USER_SETTINGS, type UserSettings } from '@threadline/contracts';
import { Api, ApiProblem, asProblem } from '../api';
import { Rights, Session } from '../session';
import { Toasts } from '../../shared/toast';

/** The zone this browser is in. */
export const BROWSER_ZONE = Intl.DateTimeFormat().resolvedOptions().timeZone || 'UTC';

/**
 * The person's own settings, read at sign-in; until then, and when they cannot be read, the defaults hold. Who has never
 * saved any is in the browser's time zone, and the first sign-in saves that.
 */
@Injectable({ providedIn: 'root' })
export class Preferences {
  private readonly api = inject(Api);
  private readonly session = inject(Session);
  private readonly rights = inject(Rights);
  private readonly toasts = inject(Toasts);
  private readonly read = signal<UserSettings | null>(null);
  readonly settings = computed<UserSettings>(() => {
    const read = this.read() ?? DEFAULT_USER_SETTINGS;
    return read.saved ? read : { ...read, timezone: BROWSER_ZONE };
  });
  /** The zone times are shown in. */
  readonly timezone = computed(() => this.settings().timezone);

  constructor() {
    const person = computed(() => this.session.me()?.user.id ?? null);
    effect(() => {
      const userId = person();
      untracked(() => {
        this.read.set(null);
        if (userId !== null) void this.load();
      });
    });
  }

  /** Saves some of them; shows at once, and goes back when the API refuses. Rejects with the problem. */
  async save(change: Partial<UserSettings>): Promise<void> {
    const before = this.read();
    const next = { ...this.settings(), ...change, saved: true };
    this.read.set(next);
    try {
      this.read.set(await this.api.run(workspaceSaveUserSettings<true>, { body: next }));
    } catch (error) {
      this.read.set(before);
      throw error;
    }
  }

  private async load(): Promise<void> {
    try {
      const read = await this.api.run(workspaceUserSettings<true>, {});
      this.read.set(read);
      if (!read.saved) await this.keepZone();
    } catch (error) {
      const problem = asProblem(error);
      if (problem.signedOut) return;
      this.toasts.show({
        text: 'Couldn’t read your settings; the defaults are in use',
        tone: 'bad',
        action: { label: 'Try again', run: () => void this.load() },
      });
    }
  }

  /** Saves the browser's zone as the person's, so that the server, too, knows when their day is. */
  private async keepZone(): Promise<void> {
    if (!this.rights.can('settings:write') || this.session.me()?.secondFactorMissing) return;
    try {
      await this.save({ timezone: BROWSER_ZONE });
    } catch (error) {
      // The zone holds on this screen all the same, and the next visit saves it: nothing for the person to do.
      if (!(error instanceof ApiProblem)) throw error;
    }
  }
}
