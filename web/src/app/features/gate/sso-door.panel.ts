import { Component, ElementRef, computed, inject, input, signal, viewChild } from '@angular/core';
import { FormControl, FormGroup, ReactiveFormsModule, Validators } from '@angular/forms';
import type { SsoChoice, SsoStart } from '@threadline/contracts';
import { KeyRound } from 'lucide';
import { asProblem } from '../../core/api';
import { Session } from '../../core/session';
import { SsoApi } from '../../data/sso';
import { FieldComponent, InputDirective } from '../../shared/form';
import { ButtonDirective, IconComponent } from '../../shared/ui';
import { refusalWords } from './refusal-words';
import { ssoWords } from './sso-words';

/**
 * "Continue with single sign-on" on the sign-in page: by the workspace of its address, or by the domain of a mail
 * address; with several providers, the choice comes first.
 */
@Component({
  selector: 'tl-sso-door',
  imports: [ButtonDirective, FieldComponent, IconComponent, InputDirective, ReactiveFormsModule],
  templateUrl: './sso-door.panel.html',
  styleUrl: './sso-door.panel.scss',
})
export class SsoDoorPanel {
  /** A workspace's own entrance: its id. */
  readonly workspace = input<string>();
  /** Where to go afterwards. */
  readonly to = input<string>();
  /** How the last visit ended, as the address says. */
  readonly outcome = input<string>();
  /** The address typed above, to begin with. */
  readonly typed = input('');

  private readonly api = inject(SsoApi);
  private readonly session = inject(Session);
  private readonly field = viewChild<ElementRef<HTMLInputElement>>('field');

  protected readonly icons = { key: KeyRound };
  protected readonly email = new FormControl('', {
    nonNullable: true,
    validators: [Validators.required, Validators.email],
  });
  protected readonly form = new FormGroup({ email: this.email });
  protected readonly asking = signal(false);
  protected readonly busy = signal(false);
  protected readonly choices = signal<readonly SsoChoice[]>([]);
  protected readonly refused = signal<string | null>(null);
  protected readonly ended = computed(() => ssoWords(this.outcome()));

  protected async begin(): Promise<void> {
    const workspaceId = this.workspace();
    if (workspaceId) return this.start({ workspaceId });
    this.email.setValue(this.typed().trim());
    // Asked for once more only where the field above does not tell.
    if (this.email.valid) return this.start({ email: this.email.value });
    this.asking.set(true);
    setTimeout(() => this.field()?.nativeElement.focus());
  }

  protected async send(): Promise<void> {
    this.email.markAsTouched();
    if (this.email.valid) await this.start({ email: this.email.value.trim() });
  }

  protected choose({ providerId }: SsoChoice): Promise<void> {
    const email = this.email.value.trim();
    return this.start({ providerId, ...(email ? { email } : {}) });
  }

  private async start(by: { email?: string; workspaceId?: string; providerId?: string }): Promise<void> {
    if (this.busy()) return;
    this.busy.set(true);
    this.refused.set(null);
    try {
      const to = this.to();
      this.go(await this.api.start({ ...by, ...(to ? { returnTo: to } : {}) }));
    } catch (error) {
      this.refused.set(wordsOf(error));
    } finally {
      this.busy.set(false);
    }
  }

  private go({ url, choices }: SsoStart): void {
    this.choices.set(choices);
    if (!url) return;
    // The way back is a new page: it looks for the session that the visit begins.
    this.session.expect();
    location.assign(url);
  }
}

function wordsOf(error: unknown): string {
  const problem = asProblem(error);
  if (problem.code === 'not_found') {
    return 'No single sign-on is set up for this address. Sign in with your password, or ask whoever looks after your workspace.';
  }
  return refusalWords(problem, 'reach the provider').text;
}
