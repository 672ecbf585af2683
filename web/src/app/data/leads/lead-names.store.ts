import { Injectable, inject } from '@angular/core';
import type { Envelope } from '@threadline/contracts';
import { BehaviorSubject, type Observable } from 'rxjs';
import { asProblem } from '../../core/api';
import { LeadsApi } from './leads.api';

const MOST_AT_ONCE = 200;
/** So many single leads are asked for at a time. */
const ABREAST = 4;

/** Names of leads by id, for what only knows the id: asked for when first wanted, then taken from the events. */
@Injectable({ providedIn: 'root' })
export class LeadNames {
  private readonly api = inject(LeadsApi);
  private readonly known = new BehaviorSubject<ReadonlyMap<string, string>>(new Map());
  private readonly asked = new Set<string>();
  private active: Promise<void> | null = null;

  readonly names$: Observable<ReadonlyMap<string, string>> = this.known.asObservable();

  /** Takes the names that an event carries; a lead that it says is gone is not asked for any more. */
  learn(events: readonly Envelope[]): void {
    const found = new Map<string, string>();
    for (const event of events) {
      if (event.type === 'lead.erased') this.asked.add(event.data.leadId);
      if (event.type === 'lead.deleted' && !found.has(event.data.leadId)) found.set(event.data.leadId, event.data.name);
      const data: Partial<Record<string, unknown>> = { ...event.data };
      const lead = data['lead'] as { id: string; name: string } | undefined;
      const conversation = data['conversation'] as { leadId: string; leadName: string } | undefined;
      if (conversation && !found.has(conversation.leadId)) found.set(conversation.leadId, conversation.leadName);
      if (lead && !found.has(lead.id)) found.set(lead.id, lead.name);
    }
    this.add(found);
  }

  /** Asks for the names of these leads; `names$` has them when they come. A lead that is gone keeps no name. */
  async want(ids: Iterable<string>): Promise<void> {
    const missing = [...new Set(ids)].filter((id) => !this.known.value.has(id) && !this.asked.has(id));
    if (missing.length === 0) return;
    for (const id of missing) this.asked.add(id);
    // Those that things happen around stand first in this order: one request in place of many.
    if (missing.length > ABREAST) await (this.active ??= this.readActive());
    const left = missing.filter((id) => !this.known.value.has(id));
    await Promise.all(Array.from({ length: ABREAST }, () => this.readSome(left)));
  }

  private async readActive(): Promise<void> {
    const { items } = await this.api.list({ sort: '-lastActivityAt' }, { limit: MOST_AT_ONCE });
    this.add(new Map(items.map(({ id, name }) => [id, name])));
  }

  private async readSome(ids: string[]): Promise<void> {
    for (let id = ids.pop(); id !== undefined; id = ids.pop()) {
      try {
        const lead = await this.api.one(id);
        this.add(new Map([[id, lead.name]]));
      } catch (error) {
        if (asProblem(error).code !== 'not_found') this.asked.delete(id);
      }
    }
  }

  private add(found: ReadonlyMap<string, string>): void {
    const fresh = [...found].filter(([id, name]) => this.known.value.get(id) !== name);
    if (fresh.length > 0) this.known.next(new Map([...this.known.value, ...fresh]));
  }
}
