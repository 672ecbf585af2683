import { describe, expect, it } from '@jest/globals';
import { DEMO_LEADS, demoPlan } from './demo.plan';
import { demoLead } from './demo.cast';

describe('the demo workspace’s story', () => {
  const plan = demoPlan();

  it('is told in order and lies in the past', () => {
    expect(plan.every((step, index) => step.ago > 0 && (index === 0 || step.ago <= (plan[index - 1]?.ago ?? 0)))).toBe(
      true,
    );
  });

  it('creates every lead once, before anything else happens to it', () => {
    const seen = new Set<number>();
    for (const step of plan) {
      if (step.do === 'create') {
        expect(seen.has(step.lead)).toBe(false);
        seen.add(step.lead);
      } else expect(seen.has(step.lead)).toBe(true);
    }
    expect(seen.size).toBe(DEMO_LEADS);
  });

  it('has every kind of thing in it', () => {
    expect(new Set(plan.map((step) => step.do))).toEqual(
      new Set(['create', 'write', 'open', 'click', 'answer', 'follow up', 'status', 'conversation']),
    );
  });

  it('knows sixty different people with addresses that lead nowhere', () => {
    const people = Array.from({ length: DEMO_LEADS }, (_, number) => demoLead(number));
    expect(new Set(people.map(({ email }) => email)).size).toBe(DEMO_LEADS);
    expect(people.every(({ email }) => /^[a-z.]+\d+@[a-z]+\.example$/.test(email))).toBe(true);
  });
});
