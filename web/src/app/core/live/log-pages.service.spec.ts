import { signal } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { beforeEach, describe, expect, it, jest } from '@jest/globals';
import { Dropped } from '@threadline/live';
import { Api, ApiProblem } from '../api';
import { Session } from '../session';
import { LogPages } from './log-pages.service';

describe('the log by HTTP', () => {
  const me = signal({ permissions: ['events:read'] });
  const get = jest.fn<() => Promise<unknown>>();
  const reread = (): Promise<void> => Promise.resolve(me.set({ permissions: [] }));

  beforeEach(() => {
    me.set({ permissions: ['events:read'] });
    get.mockReset();
    TestBed.configureTestingModule({
      providers: [
        { provide: Api, useValue: { get } },
        { provide: Session, useValue: { me, reread } },
      ],
    });
  });

  it('is read by who may', async () => {
    const page = { items: [], lastSeq: 7, epoch: 'one' };
    get.mockResolvedValue(page);
    expect(await TestBed.inject(LogPages).after(7)).toBe(page);
  });

  it('is not asked for again once the right to it has gone', async () => {
    const pages = TestBed.inject(LogPages);
    get.mockRejectedValue(new ApiProblem({ status: 403, code: 'forbidden', title: 'Not permitted' }));
    await expect(pages.after(7)).rejects.toBeInstanceOf(ApiProblem);
    await expect(pages.after(7)).rejects.toBeInstanceOf(Dropped);
    expect(get).toHaveBeenCalledTimes(1);
  });
});
