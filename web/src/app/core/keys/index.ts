/* Every keyboard shortcut, in one place. */
export { ShortcutsSheet } from './shortcuts-sheet.service';
export {
  Shortcuts,
  useShortcuts,
  useListShortcuts,
  type ShortcutGroup,
  type Shortcut,
  type WalkedList,
} from './shortcuts.service';
export { useWayIn } from './way-in';
