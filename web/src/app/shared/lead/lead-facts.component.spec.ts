import { TestBed } from '@angular/core/testing';
import { describe, expect, it } from '@jest/globals';
import type { Lead } from '@threadline/contracts';
import { LeadFactsComponent, type LeadFacts } from './lead-facts.component';

const LEAD = { id: 'lin', name: 'Lin', phone: null, tags: [], ownerId: null, status: 'new' } as unknown as Lead;

describe('the details of a lead', () => {
  it('take a phone number, and say of other text that it is none', async () => {
    const facts = TestBed.createComponent(LeadFactsComponent);
    facts.componentRef.setInput('lead', LEAD);
    facts.componentRef.setInput('members', new Map());
    const changes: LeadFacts[] = [];
    facts.componentInstance.changed.subscribe((change) => changes.push(change));
    await facts.whenStable();
    const page = facts.nativeElement as HTMLElement;
    const type = async (text: string): Promise<void> => {
      const field = page.querySelector<HTMLInputElement>('input[type=tel]');
      if (!field) throw new Error('There is no field for the phone');
      field.value = text;
      field.dispatchEvent(new Event('input'));
      field.dispatchEvent(new Event('blur'));
      await facts.whenStable();
    };
    await type('abc');
    expect(changes).toEqual([]);
    expect(page.querySelector('[role=alert]')?.textContent).toBe('This does not look like a phone number.');
    await type('+49 30 123456');
    expect(changes).toEqual([{ phone: '+49 30 123456' }]);
    await type('');
    expect(page.querySelector('[role=alert]')).toBeNull();
  });
});
