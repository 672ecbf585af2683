import { Injectable, inject } from '@angular/core';
import {
  BehaviorSubject,
  Observable,
  combineLatest,
  debounceTime,
  map,
  merge,
  scan,
  startWith,
  switchMap,
  type ObservedValueOf,
} from 'rxjs';
import { matchScore } from './match';
import { Palette, type PaletteItem, type PaletteProvider } from './palette.service';

export interface PaletteGroup {
  group: string;
  items: PaletteItem[];
}

/** What the palette shows for a query. */
export interface PaletteResult {
  query: string;
  groups: PaletteGroup[];
  /** Providers that are still being asked. */
  asking: boolean;
  /** Groups that could not be searched. */
  failed: string[];
}

interface Answer {
  provider: PaletteProvider;
  items: PaletteItem[];
  failed: boolean;
}

const PAUSE_MS = 120;
const MOST_ACTIONS = 8;
const MOST_FOUND = 6;

/** Asks every provider while a person types, and stands the answers beside the actions that match. */
@Injectable()
export class PaletteStore {
  private readonly palette = inject(Palette);
  private readonly query = new BehaviorSubject('');

  readonly result$: Observable<PaletteResult> = combineLatest([this.query, this.found()]).pipe(
    map(([query, found]) => this.compose(query, found)),
  );

  search(query: string): void {
    this.query.next(query);
  }

  private found(): Observable<{ query: string; answers: Answer[]; asked: number }> {
    return this.query.pipe(
      debounceTime(PAUSE_MS),
      switchMap((query) => {
        const wanted = query.trim();
        const asked = this.palette.providers().filter((provider) => wanted.length >= (provider.least ?? 2));
        return merge(...asked.map((provider) => ask(provider, wanted))).pipe(
          scan((answers: Answer[], answer) => [...answers, answer], []),
          startWith([] as Answer[]),
          map((answers) => ({ query, answers, asked: asked.length })),
        );
      }),
      startWith({ query: '', answers: [] as Answer[], asked: 0 }),
    );
  }

  private compose(query: string, found: ObservedValueOf<ReturnType<PaletteStore['found']>>): PaletteResult {
    const actions = ranked(query, this.palette.actions(), query.trim() ? MOST_ACTIONS : Number.POSITIVE_INFINITY);
    // The answers to the last query stay while the next is asked, so that the list does not jump.
    const answers = query.trim() ? found.answers : [];
    const items = [...actions, ...answers.flatMap((answer) => nearest(found.query, answer.items).slice(0, MOST_FOUND))];
    const groups = new Map<string, PaletteItem[]>();
    for (const item of items) groups.set(item.group, [...(groups.get(item.group) ?? []), item]);
    return {
      query,
      groups: [...groups].map(([group, members]) => ({ group, items: members })),
      asking: query !== found.query || found.answers.length < found.asked,
      failed: answers.filter((answer) => answer.failed).map((answer) => answer.provider.group),
    };
  }
}

function ranked(query: string, actions: readonly PaletteItem[], most: number): PaletteItem[] {
  return actions
    .map((item) => ({ item, score: Math.max(matchScore(query, item.label), wordScore(query, item)) }))
    .filter(({ score }) => score > 0)
    .sort((one, other) => other.score - one.score)
    .slice(0, most)
    .map(({ item }) => item);
}

/** What answers by its name stands before what answers by something else; otherwise the server's order holds. */
function nearest(query: string, items: readonly PaletteItem[]): PaletteItem[] {
  const score = new Map(items.map((item) => [item, Math.floor(matchScore(query, item.label))]));
  return [...items].sort((one, other) => (score.get(other) ?? 0) - (score.get(one) ?? 0));
}

/** Other words count less than the label: each that was typed must begin one of them, or one of the label. */
function wordScore(query: string, { label, words = '' }: PaletteItem): number {
  const known = `${label} ${words}`.split(' ');
  const typed = query.trim().split(/\s+/u);
  return typed.every((part) => known.some((word) => matchScore(part, word) >= 800)) ? 350 : 0;
}

/** One provider's answer; giving up aborts the request. */
function ask(provider: PaletteProvider, query: string): Observable<Answer> {
  return new Observable<Answer>((observer) => {
    const abort = new AbortController();
    const tell = (answer: Answer): void => {
      observer.next(answer);
      observer.complete();
    };
    provider.search(query, abort.signal).then(
      (items) => tell({ provider, items, failed: false }),
      () => {
        if (!abort.signal.aborted) tell({ provider, items: [], failed: true });
      },
    );
    return () => abort.abort();
  });
}

/** The empty palette, before the first answer. */
export const EMPTY_RESULT: PaletteResult = { query: '', groups: [], asking: false, failed: [] };
