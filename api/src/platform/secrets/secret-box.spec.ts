import { describe, expect, it } from '@jest/globals';
import { Config } from '../config';
import { SecretBox } from './secret-box';

const OLD = 'the old secret of this house with 32 characters';
const NEW = 'the new secret of this house with 32 characters';
const box = (APP_SECRET: string, APP_SECRET_PREVIOUS = '') =>
  new SecretBox(new Config({ DATABASE_URL: 'postgres://localhost/x', APP_SECRET, APP_SECRET_PREVIOUS }));

describe('a sealed secret', () => {
  it('is opened as it was, and never looks the same twice', () => {
    const [one, other] = [box(OLD).seal('seed ✓', 'totp:1'), box(OLD).seal('seed ✓', 'totp:1')];
    expect(box(OLD).open(one, 'totp:1')).toBe('seed ✓');
    expect(one).not.toBe(other);
    expect(one).not.toContain('seed');
  });

  it('does not open in another row, altered, or without its key', () => {
    const sealed = box(OLD).seal('seed', 'totp:1');
    expect(() => box(OLD).open(sealed, 'totp:2')).toThrow();
    const altered = `${sealed.slice(0, -4)}${sealed.at(-4) === 'A' ? 'B' : 'A'}${sealed.slice(-3)}`;
    expect(() => box(OLD).open(altered, 'totp:1')).toThrow();
    expect(() => box(NEW).open(sealed, 'totp:1')).toThrow('its key is not there');
  });

  it('opens with a previous secret, and says that it is old', () => {
    const sealed = box(OLD).seal('seed', 'totp:1');
    const rotated = box(NEW, OLD);
    expect(rotated.open(sealed, 'totp:1')).toBe('seed');
    expect([rotated.isOld(sealed), rotated.isOld(rotated.seal('seed', 'totp:1'))]).toEqual([true, false]);
  });
});
