import { Injectable, inject } from '@angular/core';
import type { Envelope, Lead } from '@threadline/contracts';
import type { Trouble } from '@threadline/live';
import {
  BehaviorSubject,
  combineLatest,
  distinctUntilChanged,
  map,
  type Observable,
  of,
  startWith,
  switchMap,
} from 'rxjs';
import { asProblem } from '../../core/api';
import type { LeadChange } from '../leads';
import { type LeadRecord, LeadRecords } from './lead.store';

/** What is wrong with fields of the lead, by their names; `''` for what is about none of them. */
type Problems = Readonly<Record<string, string>>;

/** One lead as a screen shows it. */
export interface LeadView {
  id: string;
  lead: Lead | null;
  deleted: boolean;
  /** Why there is no lead to show. */
  trouble: Trouble | null;
  /** Newest first; null while they are on their way. */
  events: readonly Envelope[] | null;
  earlier: string | null;
  eventsFailed: boolean;
  problems: Problems;
}

/** The lead on a screen: its facts, its timeline, and what is wrong with what was typed. */
@Injectable()
export class LeadScreen {
  private readonly records = inject(LeadRecords);
  private readonly id = new BehaviorSubject<string | null>(null);
  private readonly problems = new BehaviorSubject<Problems>({});

  readonly view$: Observable<LeadView | null> = this.id.pipe(
    distinctUntilChanged(),
    switchMap((id) => {
      this.problems.next({});
      return id === null ? of(null) : this.view(id);
    }),
  );

  show(id: string | null): void {
    this.id.next(id);
  }

  /** Shown at once; what the server refuses is taken back and said at its field. */
  async change(change: LeadChange): Promise<void> {
    const { record } = this;
    if (!record) return;
    const names = Object.keys(change);
    this.problems.next(
      Object.fromEntries(Object.entries(this.problems.value).filter(([name]) => !names.includes(name))),
    );
    try {
      await record.change(change);
    } catch (error) {
      const problem = asProblem(error);
      const field = problem.code === 'duplicate' ? 'email' : (problem.errors[0]?.path ?? names[0] ?? '');
      const why = problem.errors[0]?.message ?? problem.detail;
      this.problems.next({ ...this.problems.value, [field]: why });
    }
  }

  delete(): Promise<void> {
    return this.record?.delete() ?? Promise.resolve();
  }

  /** Brings a lead back, whichever is on the screen by now. */
  restore(id: string): Promise<void> {
    return this.records.of(id).restore();
  }

  earlier(cursor: string): void {
    this.record?.earlier(cursor);
  }

  refresh(): void {
    this.record?.refresh();
  }

  private get record(): LeadRecord | null {
    return this.id.value === null ? null : this.records.of(this.id.value);
  }

  private view(id: string): Observable<LeadView> {
    const record = this.records.of(id);
    return combineLatest([
      record.state$.pipe(startWith(null)),
      record.status$,
      record.timeline$.pipe(startWith(null)),
      record.timelineStatus$,
      this.problems,
    ]).pipe(
      map(([state, status, timeline, timelineStatus, problems]) => ({
        id,
        lead: state?.lead ?? null,
        deleted: state?.deleted ?? false,
        trouble: state ? null : status.trouble,
        events: timeline?.events ?? null,
        earlier: timeline?.earlierCursor ?? null,
        eventsFailed: timeline === null && timelineStatus.trouble !== null,
        problems,
      })),
    );
  }
}
