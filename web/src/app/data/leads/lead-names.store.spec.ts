import { beforeEach, describe, expect, it } from '@jest/globals';
import { TestBed } from '@angular/core/testing';
import type { Envelope } from '@threadline/contracts';
import { firstValueFrom } from 'rxjs';
import { LeadNames } from './lead-names.store';
import { LeadsApi } from './leads.api';

const event = (type: string, data: object): Envelope => ({ type, data }) as unknown as Envelope;

describe('the names of leads', () => {
  let asked: string[];
  let names: LeadNames;

  beforeEach(() => {
    asked = [];
    const one = (id: string) => {
      asked.push(id);
      return Promise.resolve({ id, name: `Lead ${id}` });
    };
    TestBed.configureTestingModule({ providers: [{ provide: LeadsApi, useValue: { one } }] });
    names = TestBed.inject(LeadNames);
  });

  it('are asked for once', async () => {
    await names.want(['lin']);
    await names.want(['lin']);
    expect(asked).toEqual(['lin']);
    expect(await firstValueFrom(names.names$)).toEqual(new Map([['lin', 'Lead lin']]));
  });

  it('are not asked for when an event says that the lead is gone', async () => {
    names.learn([
      event('lead.deleted', { leadId: 'lin', name: 'Lin Zhang' }),
      event('lead.erased', { leadId: 'bo', requestId: 'r' }),
    ]);
    await names.want(['lin', 'bo']);
    expect(asked).toEqual([]);
    expect(await firstValueFrom(names.names$)).toEqual(new Map([['lin', 'Lin Zhang']]));
  });
});
