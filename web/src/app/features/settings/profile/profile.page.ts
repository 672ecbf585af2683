import { Component, computed, inject, linkedSignal, signal } from '@angular/core';
import { toSignal } from '@angular/core/rxjs-interop';
import { NonNullableFormBuilder, ReactiveFormsModule, Validators } from '@angular/forms';
import { MIN_PASSWORD, MIN_PASSWORD_WITH_FACTOR } from '@threadline/contracts';
import { asProblem, explain, showOnForm } from '../../../core/api';
import { Theme, type ThemeChoice } from '../../../core/browser';
import { BROWSER_ZONE, Preferences } from '../../../core/preferences';
import { Session } from '../../../core/session';
import { AccountApi } from '../../../data/account';
import { MembersStore } from '../../../data/members';
import { askBeforeLeaving, unsaved } from '../../../shared/dialog';
import { FieldComponent, InputDirective, PasswordStrengthComponent, RevealComponent } from '../../../shared/form';
import { PageHeadComponent } from '../../../shared/page';
import { Toasts } from '../../../shared/toast';
import { ButtonDirective } from '../../../shared/ui';

const THEMES = [
  { choice: 'system', label: 'As the system' },
  { choice: 'light', label: 'Light' },
  { choice: 'dark', label: 'Dark' },
] as const satisfies readonly { choice: ThemeChoice; label: string }[];

const LISTED = new Intl.ListFormat('en-GB', { type: 'unit' });

/** Who one is here: name, address, password, and how one likes to see times and colours. */
@Component({
  selector: 'tl-profile-page',
  imports: [
    ButtonDirective,
    FieldComponent,
    InputDirective,
    PageHeadComponent,
    PasswordStrengthComponent,
    ReactiveFormsModule,
    RevealComponent,
  ],
  templateUrl: './profile.page.html',
  styleUrl: './profile.page.scss',
})
export class ProfilePage {
  private readonly account = inject(AccountApi);
  private readonly session = inject(Session);
  private readonly preferences = inject(Preferences);
  private readonly theme = inject(Theme);
  private readonly toasts = inject(Toasts);
  private readonly forms = inject(NonNullableFormBuilder);

  protected readonly me = this.session.me;
  protected readonly themes = THEMES;
  protected readonly zones = [...new Set(['UTC', BROWSER_ZONE, ...Intl.supportedValuesOf('timeZone')])];
  protected readonly zone = computed(() => this.preferences.settings().timezone);
  protected readonly browserZone = BROWSER_ZONE;
  protected readonly chosenTheme = this.theme.choice;

  protected readonly profile = this.forms.group({
    name: [this.me()?.user.name ?? '', [Validators.required, Validators.maxLength(200)]],
  });
  protected readonly address = this.forms.group({
    email: ['', [Validators.required, Validators.email, Validators.maxLength(320)]],
    password: [''],
  });
  protected readonly secret = this.forms.group({
    current: ['', [Validators.required]],
    password: ['', [Validators.required]],
  });
  protected readonly addressHint = computed(() =>
    this.me()?.installation.mailbox
      ? 'A link for the new address goes to the Mailbox, as there is no mail server here.'
      : 'A link goes to the new address; the present one is told once it is confirmed.',
  );
  protected readonly about = computed(() => {
    const me = this.me();
    return me ? [me.user.name, me.user.email.split('@')[0] ?? '', me.workspace.name] : [];
  });
  private readonly members = toSignal(inject(MembersStore).byUser$);
  /** Eight characters are enough where a second factor stands beside the password. */
  protected readonly least = computed(() => {
    const id = this.me()?.user.id;
    return id && this.members()?.get(id)?.secondFactor ? MIN_PASSWORD_WITH_FACTOR : MIN_PASSWORD;
  });
  /** What is being saved. */
  protected readonly busy = signal<'name' | 'email' | 'confirmation' | 'password' | null>(null);
  /** Whether the link that confirms the address was asked for once more. */
  protected readonly askedToConfirm = signal(false);
  /** The address a link was mailed to. */
  protected readonly mailed = linkedSignal<string | undefined, string | null>({
    source: () => this.me()?.user.email,
    computation: () => null,
  });

  constructor() {
    askBeforeLeaving(() => {
      const typed = this.typedAndNotSaved();
      return typed.length > 0 ? unsaved(`${LISTED.format(typed)}: not saved yet.`) : null;
    });
  }

  protected rename(): Promise<void> {
    return this.save('name', this.profile, 'save your name', async () => {
      await this.account.rename(this.profile.getRawValue().name.trim());
      this.profile.markAsPristine();
      await this.session.reread();
      this.toasts.show({ text: 'Your name is saved' });
    });
  }

  protected askForEmail(): Promise<void> {
    return this.save('email', this.address, 'ask for the new address', async () => {
      const { email: typed, password } = this.address.getRawValue();
      const email = typed.trim();
      await this.account.askForEmail(email, password);
      this.address.reset();
      this.mailed.set(email);
    });
  }

  protected async askToConfirm(): Promise<void> {
    if (this.busy()) return;
    this.busy.set('confirmation');
    try {
      await this.account.askToConfirm();
      this.askedToConfirm.set(true);
    } catch (error) {
      this.say(error, 'ask for the link');
    } finally {
      this.busy.set(null);
    }
  }

  protected changePassword(): Promise<void> {
    return this.save('password', this.secret, 'change your password', async () => {
      const { current, password } = this.secret.getRawValue();
      await this.account.changePassword(current, password);
      this.secret.reset();
      this.toasts.show({ text: 'Your password is changed; every other sign-in was ended' });
    });
  }

  protected async chooseZone(timezone: string): Promise<void> {
    await this.prefer({ timezone }, 'save the time zone');
  }

  protected async chooseTheme(wanted: string): Promise<void> {
    const theme = THEMES.find(({ choice }) => choice === wanted)?.choice ?? 'system';
    this.theme.choose(theme);
    await this.prefer({ theme }, 'save the theme');
  }

  private typedAndNotSaved(): string[] {
    const { name } = this.profile.getRawValue();
    return [
      ...(this.profile.dirty && name !== this.me()?.user.name ? ['Your name'] : []),
      ...(this.address.getRawValue().email ? ['New e-mail'] : []),
      ...(this.secret.getRawValue().password ? ['New password'] : []),
    ];
  }

  private async prefer(change: Parameters<Preferences['save']>[0], doing: string): Promise<void> {
    try {
      await this.preferences.save(change);
    } catch (error) {
      this.say(error, doing);
    }
  }

  private async save(
    what: 'name' | 'email' | 'password',
    form: Parameters<typeof showOnForm>[0],
    doing: string,
    work: () => Promise<void>,
  ): Promise<void> {
    if (this.busy()) return;
    form.markAllAsTouched();
    if (form.invalid) return;
    this.busy.set(what);
    try {
      await work();
    } catch (error) {
      const wrong = what === 'email' ? 'password' : 'current';
      const left = showOnForm(form, asProblem(error), { invalid_credentials: wrong });
      if (left !== '') this.say(error, doing);
    } finally {
      this.busy.set(null);
    }
  }

  private say(error: unknown, doing: string): void {
    const { what, safe } = explain(error, doing, '');
    this.toasts.show({ text: `${what} ${safe}`.trim(), tone: 'bad' });
  }
}
