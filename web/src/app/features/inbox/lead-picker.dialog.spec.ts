import { DialogRef } from '@angular/cdk/dialog';
import { signal } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { beforeEach, describe, expect, it } from '@jest/globals';
import type { Lead } from '@threadline/contracts';
import { BehaviorSubject } from 'rxjs';
import { Rights } from '../../core/session';
import { LeadPickerDialog, type Picked } from './lead-picker.dialog';
import { LeadPickerStore } from './lead-picker.store';

const VERA = { id: 'v', name: 'Vera Fontaine', email: 'vera@alder.example', company: null } as Lead;

describe('whom to write to', () => {
  const may = signal(true);
  type View = { query: string; leads: readonly Lead[] | null; failed: boolean };
  let view$: BehaviorSubject<View>;
  let picked: (Picked | undefined)[];

  const shown = async (query: string, leads: readonly Lead[]) => {
    const fixture = TestBed.createComponent(LeadPickerDialog);
    view$.next({ query, leads, failed: false });
    await fixture.whenStable();
    const host = fixture.nativeElement as HTMLElement;
    const options = [...host.querySelectorAll<HTMLElement>('[role=option]')];
    return { host, options, words: host.querySelector('[role=listbox]')?.textContent.trim() ?? '' };
  };

  beforeEach(() => {
    may.set(true);
    picked = [];
    view$ = new BehaviorSubject<View>({ query: '', leads: null, failed: false });
    const store = { view$, search: () => undefined };
    TestBed.overrideComponent(LeadPickerDialog, {
      set: { providers: [{ provide: LeadPickerStore, useValue: store }] },
    });
    TestBed.configureTestingModule({
      providers: [
        { provide: DialogRef, useValue: { close: (choice?: Picked) => picked.push(choice) } },
        { provide: Rights, useValue: { can: () => may() } },
      ],
    });
  });

  it('says nothing of names before one is typed, where there is no lead yet', async () => {
    expect((await shown('', [])).words).toBe('');
  });

  it('can be somebody new, who is added first; Enter takes them', async () => {
    const { host, options } = await shown('new.person@firm.example', []);
    expect(options.map(({ textContent }) => textContent.trim())).toEqual([
      'Add new.person@firm.example as a lead and write',
    ]);
    host.querySelector('input')?.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter' }));
    expect(picked).toEqual([{ newcomer: 'new.person@firm.example' }]);
  });

  it('is nobody new who is a lead already, or whom one may not add', async () => {
    const known = await shown('vera@alder.example', [VERA]);
    expect(known.options).toHaveLength(1);
    known.options[0]?.click();
    expect(picked).toEqual([{ lead: VERA }]);
    may.set(false);
    expect((await shown('somebody', [])).words).toBe('No lead by that name.');
  });
});
