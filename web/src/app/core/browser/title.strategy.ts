import { DestroyRef, Injectable, effect, inject, signal } from '@angular/core';
import { Title } from '@angular/platform-browser';
import { TitleStrategy, type RouterStateSnapshot } from '@angular/router';

const NAME = 'Threadline';

/**
 * The tab's title: "(3) Inbox · Threadline". A route's `title` is the page; a page that shows one thing says which with
 * `show('Mara Lindqvist')`; `waiting` is what needs the person: see `countInTitle`.
 */
@Injectable({ providedIn: 'root' })
export class PageTitle extends TitleStrategy {
  private readonly title = inject(Title);
  private readonly page = signal('');
  readonly waiting = signal(0);

  constructor() {
    super();
    effect(() => {
      const page = this.page();
      const waiting = this.waiting();
      this.title.setTitle(`${waiting > 0 ? `(${waiting}) ` : ''}${page ? `${page} · ` : ''}${NAME}`);
    });
  }

  override updateTitle(snapshot: RouterStateSnapshot): void {
    this.page.set(this.buildTitle(snapshot) ?? '');
  }

  show(page: string): void {
    this.page.set(page);
  }
}

/** Says in the tab's title how many things on the page wait, for as long as the component lives. */
export function countInTitle(count: () => number): void {
  const { waiting } = inject(PageTitle);
  effect(() => waiting.set(count()));
  inject(DestroyRef).onDestroy(() => waiting.set(0));
}
