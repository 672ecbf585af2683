import { describe, expect, it } from '@jest/globals';
import { Statements } from './statements';

describe('a statement', () => {
  it('gets a name when it comes again and again, and keeps it', () => {
    const statements = new Statements();
    for (let use = 1; use < 5; use++)
      expect(statements.of('SELECT $1', [use])).toEqual({ text: 'SELECT $1', values: [use] });
    const named = { name: 't1', text: 'SELECT $1', values: [5] };
    expect(statements.of('SELECT $1', [5])).toEqual(named);
    expect(statements.of('SELECT $1', [5])).toEqual(named);
  });

  it('shares its name with no other', () => {
    const statements = new Statements();
    const names = Array.from({ length: 20 }, (_, n) => {
      for (let use = 1; use < 5; use++) statements.of(`SELECT ${n}`, []);
      return statements.of(`SELECT ${n}`, []).name;
    });
    expect(new Set(names).size).toBe(20);
  });

  it('that is put together anew each time takes neither a name nor memory', () => {
    const statements = new Statements();
    for (let n = 0; n < 10_000; n++) expect(statements.of(`SELECT ${n}`, []).name).toBeUndefined();
    for (let n = 0; n < 400; n++) for (let use = 0; use < 5; use++) statements.of(`SELECT 'a${n}'`, []);
    expect(statements.of(`SELECT 'a399'`, []).name).toBeUndefined();
  });
});
