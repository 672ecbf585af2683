import { isApple } from '../../shared/ui';

/** The part of a keyboard event that decides which chord it is. */
export type KeyPress = Pick<KeyboardEvent, 'key' | 'code' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey'>;

const MODIFIERS = new Set(['Control', 'Meta', 'Alt', 'Shift', 'AltGraph']);

/**
 * A key press as the registry writes it: `mod+k`, `shift+j`, `?`, `escape`; null for a modifier alone.
 * `mod` is Cmd on Apple's keyboards and Ctrl elsewhere. Shift counts for letters and named keys only: where it makes
 * another character (`?`), the character says it all. Layouts without Latin letters fall back to the key's place.
 */
export function chordOf(press: KeyPress, apple = isApple()): string | null {
  if (MODIFIERS.has(press.key)) return null;
  const written = press.key === ' ' ? 'space' : press.key.toLowerCase();
  const placed = /^Key([A-Z])$/u.exec(press.code)?.[1]?.toLowerCase();
  const key = written.length === 1 && written > '\u007f' && placed ? placed : written;
  const mod = apple ? press.metaKey : press.ctrlKey;
  const other = apple ? press.ctrlKey : press.metaKey;
  const shifted = press.shiftKey && (key.length > 1 || /[a-z]/u.test(key));
  // AltGr writes characters on many layouts; with a character it is not a shortcut.
  const alt = press.altKey && !(press.ctrlKey && key.length === 1);
  return [other && 'ctrl', mod && 'mod', alt && 'alt', shifted && 'shift', key].filter(Boolean).join('+');
}

/** True for a chord that a person could also be typing as text. */
export function isTyping(chord: string): boolean {
  return !/^(?:ctrl|mod|alt)\+/u.test(chord);
}
