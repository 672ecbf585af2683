import { describe, expect, it } from '@jest/globals';
import { idsBetween, leastWidth, nextSort, tracks } from './table.types';

describe('a table', () => {
  it('sorts up, then down, then not at all', () => {
    expect([
      nextSort('', 'name'),
      nextSort('name', 'name'),
      nextSort('-name', 'name'),
      nextSort('-name', 'company'),
    ]).toEqual(['name', '-name', '', 'company']);
  });

  it('selects from one row to another in either direction', () => {
    const ids = ['a', 'b', 'c', 'd'];
    expect(idsBetween(ids, 'b', 'd')).toEqual(['b', 'c', 'd']);
    expect(idsBetween(ids, 'd', 'b')).toEqual(['b', 'c', 'd']);
  });

  it('selects only the row itself when the other has gone', () => {
    expect(idsBetween(['a', 'b'], 'gone', 'b')).toEqual(['b']);
  });

  it('keeps fixed columns and shares the room that is left', () => {
    const columns = [
      { id: 'name', label: 'Name', width: 200, grow: 2 },
      { id: 'at', label: 'Last activity', width: 120 },
    ];
    expect(tracks(columns, true)).toBe('36px minmax(200px, 2fr) 120px');
    expect(leastWidth(columns, true)).toBe(356);
  });
});
