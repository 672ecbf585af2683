import { type Signal, signal } from '@angular/core';
import type { Lead } from '@threadline/contracts';

/** Asks for leads while somebody types; an answer that comes late is not shown. */
export class LeadSearch {
  private readonly leads = signal<readonly Lead[]>([]);
  private readonly done = signal(false);
  private asking = new AbortController();
  readonly found: Signal<readonly Lead[]> = this.leads.asReadonly();
  readonly answered: Signal<boolean> = this.done.asReadonly();

  constructor(private readonly search: (words: string, signal: AbortSignal) => Promise<Lead[]>) {}

  async ask(words: string): Promise<void> {
    this.asking.abort();
    const { signal: still } = (this.asking = new AbortController());
    this.done.set(false);
    if (words === '') return this.leads.set([]);
    try {
      const found = await this.search(words, still);
      if (still.aborted) return;
      this.leads.set(found);
      this.done.set(true);
    } catch {
      // Given up for newer words, or not answered: the next letter asks again.
      if (!still.aborted) this.leads.set([]);
    }
  }
}
