/** True where the command key takes the place of Ctrl. */
export function isApple(platform: string = navigator.platform): boolean {
  return /mac|iphone|ipad/iu.test(platform);
}

const APPLE: Record<string, string> = { mod: '⌘', shift: '⇧', alt: '⌥', ctrl: '⌃' };
const OTHER: Record<string, string> = { mod: 'Ctrl', shift: 'Shift', alt: 'Alt', ctrl: 'Ctrl' };
const NAMED: Record<string, string> = {
  enter: '↵',
  escape: 'Esc',
  arrowup: '↑',
  arrowdown: '↓',
  arrowleft: '←',
  arrowright: '→',
  backspace: '⌫',
  delete: 'Del',
  space: 'Space',
};

function cap(key: string, apple: boolean): string {
  const modifier = (apple ? APPLE : OTHER)[key];
  return modifier ?? NAMED[key] ?? (key.length === 1 ? key.toUpperCase() : key);
}

/**
 * The caps of a combination as they stand on the keyboard: `mod+k` → [['Ctrl', 'K']], and `g i`, pressed one after
 * the other → [['G'], ['I']].
 */
export function keyCaps(keys: string, apple = isApple()): string[][] {
  return keys
    .split(' ')
    .filter(Boolean)
    .map((chord) => (chord === '+' ? ['+'] : chord.split('+').map((key) => cap(key.toLowerCase(), apple))));
}

/** The same as one string, for hints: "Ctrl K", "G then I", "⌘K". */
export function keysText(keys: string, apple = isApple()): string {
  return keyCaps(keys, apple)
    .map((caps) => caps.join(apple ? '' : ' '))
    .join(' then ');
}
