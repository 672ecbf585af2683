import { describe, expect, it } from '@jest/globals';
import type { HitKind, Verdict } from '@threadline/contracts';
import { type HitOfMail, markChange, settleMail } from './mail-verdicts.rules';
import { LATER_PROOF } from './verdict.rules';

interface Told {
  kind?: HitKind;
  at: number;
  own: Verdict;
  link?: number;
  /** What it had been before: its verdict, whether it counted, whether only later proof had made it a person's. */
  was?: Verdict | 'counted' | 'proved';
}

function settle(told: Record<string, Told>, answeredAt: number | null = null) {
  const hits = Object.entries(told).map(([id, { kind = 'open', at, link, was }]): HitOfMail => {
    const verdict = was === 'counted' || was === 'proved' ? 'human' : was;
    const rule = was === 'proved' ? LATER_PROOF : 'own';
    return {
      id,
      at,
      kind,
      method: 'GET',
      userAgent: null,
      addressPrefix: null,
      network: null,
      signs: 0,
      linkIndex: kind === 'click' ? (link ?? 0) : null,
      link: kind === 'click' ? `https://example.com/${link ?? 0}` : null,
      prior: verdict ? { verdict, rule, counted: was === 'counted' } : null,
    };
  });
  return settleMail(hits, ({ id }) => ({ verdict: told[id]?.own ?? 'unknown', rule: 'own' }), answeredAt);
}

const shown = (settled: ReturnType<typeof settle>) =>
  Object.fromEntries(
    settled.map(({ hit, verdict, rule, counted }) => [
      hit.id,
      `${verdict}${rule === LATER_PROOF ? ' proved' : ''}${counted ? ' counted' : ''}`,
    ]),
  );

describe('the hits of one mail', () => {
  it('T41 count the reader three hours later, not the machine before', () => {
    expect(shown(settle({ a: { at: 5, own: 'machine' }, b: { at: 10_800, own: 'human' } }))).toEqual({
      a: 'machine',
      b: 'human counted',
    });
  });

  it('T05 count one person of many opens', () => {
    expect(
      shown(settle({ a: { at: 1, own: 'human' }, b: { at: 2, own: 'human' }, c: { at: 3, own: 'human' } })),
    ).toEqual({
      a: 'human counted',
      b: 'human',
      c: 'human',
    });
  });

  it('count each link once', () => {
    const click = { kind: 'click', own: 'human' } as const;
    expect(shown(settle({ a: { ...click, at: 1 }, b: { ...click, at: 2 }, c: { ...click, at: 3, link: 1 } }))).toEqual({
      a: 'human counted',
      b: 'human',
      c: 'human counted',
    });
  });

  it.each<[string, Record<string, Told>, number | null, string]>([
    ['a later open', { a: { at: 1, own: 'unknown' }, z: { at: 9, own: 'human' } }, null, 'human proved'],
    [
      'a later click',
      { a: { at: 1, own: 'unknown' }, z: { kind: 'click', at: 9, own: 'human' } },
      null,
      'human proved counted',
    ],
    ['an answer', { a: { at: 1, own: 'unknown' } }, 9, 'human proved counted'],
    ['an earlier open', { a: { at: 9, own: 'unknown' }, z: { at: 1, own: 'human' } }, null, 'unknown'],
    ['a later machine', { a: { at: 1, own: 'unknown' }, z: { at: 9, own: 'machine' } }, null, 'unknown'],
    ['a later unknown', { a: { at: 1, own: 'unknown' }, z: { at: 9, own: 'unknown' } }, null, 'unknown'],
  ])('%s and an open that nobody could tell', (_, told, answeredAt, expected) => {
    expect(shown(settle(told, answeredAt)).a).toBe(expected);
  });

  it('prove no click by anything later, and no machine', () => {
    const told = {
      a: { kind: 'click', at: 1, own: 'unknown' },
      b: { at: 1, own: 'machine' },
      z: { at: 9, own: 'human' },
    } as const;
    expect(shown(settle(told, 10))).toEqual({ a: 'unknown', b: 'machine', z: 'human counted' });
  });

  it('keep the one that counts while it is a person’s, even when an earlier one turns up', () => {
    expect(shown(settle({ late: { at: 1, own: 'human' }, a: { at: 5, own: 'human', was: 'counted' } }))).toEqual({
      late: 'human',
      a: 'human counted',
    });
  });

  it('let the next one count when the one that did was a machine after all', () => {
    const settled = settle({ a: { at: 1, own: 'machine', was: 'counted' }, b: { at: 2, own: 'human', was: 'human' } });
    expect(shown(settled)).toEqual({ a: 'machine', b: 'human counted' });
    expect(markChange(settled, 'open', 1)).toEqual({
      withdraw: { hitId: 'a' },
      mark: { hitId: 'b', at: 2, link: null },
    });
  });

  it('take back what later proof had proved when the proof was a machine', () => {
    const settled = settle({
      a: { at: 1, own: 'unknown', was: 'proved' },
      b: { at: 2, own: 'machine', was: 'counted' },
    });
    expect(shown(settled)).toEqual({ a: 'unknown', b: 'machine' });
    expect(settled.every(({ changed }) => changed)).toBe(true);
  });

  it('say nothing of hits that stay what they are', () => {
    const settled = settle({ a: { at: 1, own: 'human', was: 'counted' }, b: { at: 2, own: 'human' } });
    expect(settled.map(({ changed }) => changed)).toEqual([false, true]);
    expect(markChange(settled, 'open', 1)).toEqual({ withdraw: null, mark: null });
  });

  it('mark a message by the first that counts, of each kind by itself', () => {
    const settled = settle({ a: { at: 3, own: 'human' }, b: { kind: 'click', at: 1, own: 'human', link: 2 } });
    expect(markChange(settled, 'open', null)).toEqual({ withdraw: null, mark: { hitId: 'a', at: 3, link: null } });
    expect(markChange(settled, 'click', null)).toEqual({
      withdraw: null,
      mark: { hitId: 'b', at: 1, link: 'https://example.com/2' },
    });
  });

  it('leave the mark alone when another link than the first is taken back', () => {
    const settled = settle({
      a: { kind: 'click', at: 1, own: 'human', was: 'counted' },
      b: { kind: 'click', at: 5, own: 'machine', link: 1, was: 'counted' },
    });
    expect(markChange(settled, 'click', 1)).toEqual({ withdraw: null, mark: null });
  });
});
