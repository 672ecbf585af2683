import { Injectable, inject, signal } from '@angular/core';
import type { Lead, LeadStatus } from '@threadline/contracts';
import { asProblem } from '../../core/api';
import type { LeadList } from '../../data/leads';
import { LEAD_STATUS_WORDS } from '../../shared/status';
import { Toasts } from '../../shared/toast';

/** Requests under way at a time, when many leads are changed at once. */
const ABREAST = 4;

/** What is done to one lead or many, with one Undo for all of them. */
@Injectable()
export class LeadActs {
  private readonly toasts = inject(Toasts);
  private readonly running = signal(0);
  readonly busy = this.running.asReadonly();

  /** Deletes; all come back with Undo. */
  async delete(list: LeadList, leads: readonly Lead[]): Promise<void> {
    const done = await this.each(leads, 'delete', (lead) => list.delete(lead.id));
    if (done.length === 0) return;
    this.toasts.show({
      text: done.length === 1 ? `${done[0]?.name ?? 'Lead'} deleted` : `${done.length} leads deleted`,
      action: {
        label: 'Undo',
        run: () => void this.each(done, 'bring back', (lead) => list.restore(lead)),
      },
    });
  }

  /** Gives all of them a status; each gets its own back with Undo. */
  async setStatus(list: LeadList, leads: readonly Lead[], status: LeadStatus): Promise<void> {
    const others = leads.filter((lead) => lead.status !== status);
    const done = await this.each(others, 'change', (lead) => list.change(lead, { status }));
    const word = LEAD_STATUS_WORDS[status].word.toLowerCase();
    if (done.length === 0) {
      if (others.length === 0) this.toasts.show({ text: `Already marked as ${word}` });
      return;
    }
    this.toasts.show({
      text: `${done.length === 1 ? (done[0]?.name ?? 'Lead') : `${done.length} leads`} marked as ${word}`,
      action: {
        label: 'Undo',
        run: () =>
          void this.each(done, 'change back', (lead) => list.change({ ...lead, status }, { status: lead.status })),
      },
    });
  }

  /** A few at a time. Answers those that went well, and says what did not. */
  private async each(leads: readonly Lead[], doing: string, act: (lead: Lead) => Promise<unknown>): Promise<Lead[]> {
    const waiting = [...leads];
    const done: Lead[] = [];
    const refused: { lead: Lead; why: string }[] = [];
    const work = async (): Promise<void> => {
      for (let lead = waiting.shift(); lead !== undefined; lead = waiting.shift()) {
        try {
          await act(lead);
          done.push(lead);
        } catch (error) {
          refused.push({ lead, why: asProblem(error).detail });
        }
      }
    };
    this.running.update((count) => count + 1);
    await Promise.all(Array.from({ length: ABREAST }, work));
    this.running.update((count) => count - 1);
    this.sayRefused(refused, doing);
    return done;
  }

  private sayRefused(refused: readonly { lead: Lead; why: string }[], doing: string): void {
    const [first] = refused;
    if (!first) return;
    const whom = refused.length === 1 ? first.lead.name : `${refused.length} leads`;
    this.toasts.show({ text: `Couldn’t ${doing} ${whom}: ${first.why}`, tone: 'bad' });
  }
}
