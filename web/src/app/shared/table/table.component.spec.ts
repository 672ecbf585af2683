import { Component, signal } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { CellDirective } from './cell.directive';
import { TableComponent } from './table.component';
import type { RowOpening, TableColumn } from './table.types';

interface Person {
  id: string;
  name: string;
  company: string;
}

@Component({
  imports: [CellDirective, TableComponent],
  template: `
    <tl-table
      label="People"
      selectable
      [columns]="columns"
      [rows]="people"
      [rowId]="idOf"
      [(selection)]="selection"
      (open)="opened.push($event)"
    >
      <ng-template tlCell="name" let-person>
        <a tabindex="-1" href="#{{ person.id }}">{{ person.name }}</a>
      </ng-template>
    </tl-table>
  `,
})
class PeoplePage {
  readonly people: readonly Person[] = [{ id: 'lin', name: 'Lin', company: 'Harbour' }];
  readonly columns: readonly TableColumn<Person>[] = [
    { id: 'name', label: 'Name', width: 100 },
    { id: 'company', label: 'Company', width: 100, text: ({ company }) => company },
  ];
  readonly selection = signal<ReadonlySet<string>>(new Set());
  readonly opened: RowOpening<Person>[] = [];
  readonly idOf = ({ id }: Person): string => id;
}

describe('a row of a table whose name is a link', () => {
  let page: PeoplePage;
  let element: HTMLElement;

  beforeEach(async () => {
    const fixture = TestBed.createComponent(PeoplePage);
    page = fixture.componentInstance;
    element = fixture.nativeElement as HTMLElement;
    document.body.append(element);
    // The rows come with the frame after the first.
    await new Promise((resolve) => requestAnimationFrame(resolve));
    await fixture.whenStable();
  });

  /** Answers whether the browser is left to do what it does with such a press. */
  const press = (selector: string, type: string, how: MouseEventInit = {}): boolean | undefined =>
    element.querySelector(selector)?.dispatchEvent(new MouseEvent(type, { bubbles: true, cancelable: true, ...how }));
  const opened = () => page.opened.map(({ row, newTab }) => [row.id, newTab]);

  it('opens by a press beside the link, in a new tab by the middle button', () => {
    press('.row', 'click');
    press('.row', 'auxclick', { button: 1 });
    expect(opened()).toEqual([
      ['lin', false],
      ['lin', true],
    ]);
  });

  it('leaves the link to the browser, by either button', () => {
    expect(press('.row a', 'click')).toBe(true);
    expect(press('.row a', 'click', { ctrlKey: true })).toBe(true);
    expect(press('.row a', 'auxclick', { button: 1 })).toBe(true);
    expect(opened()).toEqual([]);
  });

  it('selects with Shift on the link as anywhere else, and opens no window', () => {
    expect(press('.row a', 'click', { shiftKey: true })).toBe(false);
    expect([...page.selection()]).toEqual(['lin']);
    expect(opened()).toEqual([]);
  });

  it('is one stop for Tab, and opens by Enter', () => {
    const grid = element.querySelector('[role=grid]');
    for (const key of ['ArrowDown', 'Enter']) grid?.dispatchEvent(new KeyboardEvent('keydown', { key }));
    expect(opened()).toEqual([['lin', false]]);
    expect(element.querySelectorAll('.row :is(a, button, input):not([tabindex="-1"])')).toHaveLength(0);
  });
});
