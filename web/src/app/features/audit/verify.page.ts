import { Component, DestroyRef, computed, inject, signal } from '@angular/core';
import { RouterLink } from '@angular/router';
import { ArrowLeft } from 'lucide';
import type { AuditVerification } from '@threadline/contracts';
import { explain } from '../../core/api';
import {
  AuditApi,
  fingerprint,
  keyBytes,
  type OfflineProgress,
  type OfflineVerification,
  OfflineVerifier,
} from '../../data/audit';
import { FieldComponent } from '../../shared/form';
import { figureText, LOCALE } from '../../shared/format';
import { ErrorStateComponent, type Explanation, PageHeadComponent } from '../../shared/page';
import { ButtonDirective, CopyButtonComponent, IconComponent } from '../../shared/ui';
import { FileDropComponent } from './file-drop.component';
import { VerificationResultComponent } from './verification-result.component';

/** What the server says about the key it signs checkpoints with. */
type ServerKey = { kind: 'asking' } | { kind: 'none' } | { kind: 'unknown' } | { kind: 'is'; key: string };

/** The audit log verified: by this server, and by this browser alone from files, with nothing asked of anybody. */
@Component({
  selector: 'tl-audit-verify-page',
  imports: [
    ButtonDirective,
    CopyButtonComponent,
    ErrorStateComponent,
    FieldComponent,
    FileDropComponent,
    IconComponent,
    PageHeadComponent,
    RouterLink,
    VerificationResultComponent,
  ],
  templateUrl: './verify.page.html',
  styleUrl: './verify.page.scss',
})
export class VerifyPage {
  private readonly api = inject(AuditApi);
  private readonly verifier = inject(OfflineVerifier);
  private readonly locale = inject(LOCALE);

  protected readonly back = ArrowLeft;
  protected readonly asking = signal(false);
  protected readonly answer = signal<AuditVerification | null>(null);
  protected readonly refused = signal<Explanation | null>(null);

  protected readonly logs = signal<readonly File[]>([]);
  protected readonly checkpoints = signal<readonly File[]>([]);
  protected readonly noted = signal('');
  protected readonly badKey = computed(() => this.noted().trim() !== '' && keyBytes(this.noted()) === null);
  protected readonly progress = signal<OfflineProgress | null>(null);
  protected readonly found = signal<OfflineVerification | null>(null);
  protected readonly failure = signal('');
  protected readonly serverKey = signal<ServerKey>({ kind: 'asking' });
  protected readonly serverPrint = computed(() => {
    const server = this.serverKey();
    return server.kind === 'is' ? fingerprint(server.key) : '';
  });
  protected readonly part = computed(() => {
    const progress = this.progress();
    return progress ? Math.min(1, progress.bytes / Math.max(1, progress.total)) : 0;
  });
  /** The keys that signed what was checked, and whether they are this server's. */
  protected readonly signers = computed(() =>
    (this.found()?.keys ?? []).map((key) => ({ key, print: fingerprint(key), whose: this.whose(key) })),
  );
  protected readonly command =
    'npx threadline-audit verify audit.jsonl --checkpoint checkpoint.json --key <public key>';

  constructor() {
    // Now, so that it is there when the network is not.
    this.verifier.prepare();
    inject(DestroyRef).onDestroy(() => this.verifier.stop());
    void this.askKey();
  }

  protected async ask(): Promise<void> {
    if (this.asking()) return;
    this.asking.set(true);
    this.refused.set(null);
    try {
      this.answer.set(await this.api.verify());
    } catch (error) {
      this.refused.set(explain(error, 'verify the log', 'The log itself is not touched.'));
    } finally {
      this.asking.set(false);
    }
  }

  protected takeLog(files: readonly File[]): void {
    this.logs.set(files);
    this.forget();
  }

  protected takeCheckpoints(files: readonly File[]): void {
    this.checkpoints.update((before) => [...before, ...files]);
    this.forget();
  }

  protected takeOut(file: File): void {
    this.logs.update((files) => files.filter((each) => each !== file));
    this.checkpoints.update((files) => files.filter((each) => each !== file));
    this.forget();
  }

  protected note(text: string): void {
    this.noted.set(text);
    this.forget();
  }

  protected async verify(): Promise<void> {
    const [log] = this.logs();
    if (!log || this.progress() || this.badKey()) return;
    this.forget();
    this.progress.set({ lines: 0, bytes: 0, total: log.size });
    try {
      const key = this.noted().trim() || undefined;
      const question = { log, checkpoints: [...this.checkpoints()], key };
      this.found.set(await this.verifier.verify(question, (progress) => this.progress.set(progress)));
    } catch (error) {
      this.failure.set(error instanceof Error ? error.message : String(error));
    } finally {
      this.progress.set(null);
    }
  }

  protected cancel(): void {
    this.verifier.stop();
    this.verifier.prepare();
    this.progress.set(null);
  }

  protected count(figure: number): string {
    return figureText(figure, 'count', this.locale);
  }

  private forget(): void {
    this.found.set(null);
    this.failure.set('');
  }

  private whose(key: string): string {
    const server = this.serverKey();
    if (this.noted().trim() === key) return 'the key you noted';
    switch (server.kind) {
      case 'asking':
      case 'unknown':
        return 'this server did not say which key is its own';
      case 'none':
        return 'this server has signed nothing yet';
      case 'is':
        return server.key === key
          ? 'the key this server answers with'
          : 'not the key this server answers with: it was signed elsewhere, or before the server’s secret was changed';
    }
  }

  private async askKey(): Promise<void> {
    try {
      const [newest] = await this.api.checkpoints();
      this.serverKey.set(newest ? { kind: 'is', key: newest.publicKey } : { kind: 'none' });
    } catch {
      // Away: what is verified here does not need it, and the page says that it is not known.
      this.serverKey.set({ kind: 'unknown' });
    }
  }
}
