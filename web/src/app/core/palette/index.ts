/* Search and commands. */
export { matchScore } from './match';
export { Palette, usePaletteActions, type PaletteItem, type PaletteProvider } from './palette.service';
export { PaletteStore } from './palette.store';
