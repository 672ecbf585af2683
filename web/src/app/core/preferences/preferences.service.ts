import { Injectable, computed, effect, inject, signal, untracked } from '@angular/core';
import { workspaceSaveUserSettings, workspaceUserSettings } from '@threadline/api-client';
import { DEFAULT_USER_SETTINGS, type UserSettings } from '@threadline/contracts';
import { Api, asProblem } from '../api';
import { Session } from '../session';
import { Toasts } from '../../shared/toast';

const BROWSER_ZONE = Intl.DateTimeFormat().resolvedOptions().timeZone || 'UTC';

/** The person's own settings, read at sign-in; until then, and when they cannot be read, the defaults hold. */
@Injectable({ providedIn: 'root' })
export class Preferences {
  private readonly api = inject(Api);
  private readonly session = inject(Session);
  private readonly toasts = inject(Toasts);
  private readonly read = signal<UserSettings | null>(null);
  readonly settings = computed(() => this.read() ?? DEFAULT_USER_SETTINGS);
  /**
   * The zone times are shown in: the person's choice, and the browser's own as long as nobody chose
   * (the settings' default is UTC).
   */
  readonly timezone = computed(() => {
    const { timezone } = this.settings();
    return timezone === DEFAULT_USER_SETTINGS.timezone ? BROWSER_ZONE : timezone;
  });

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
    const next = { ...this.settings(), ...change };
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
      this.read.set(await this.api.run(workspaceUserSettings<true>, {}));
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
}
