/* This browser: what it keeps, its theme, its tab. */
export { kept } from './kept';
export { Theme, type ThemeChoice } from './theme.service';
export { PageTitle, countInTitle } from './title.strategy';
export { passkeys, type PasskeyJson } from './passkeys';
