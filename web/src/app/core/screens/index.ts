/* The places there are to go to. */
export { PreloadWhenQuiet, sayUnopened } from './opening';
export { toStart } from './start';
export { developerPlacesOf } from './developer.places';
export { SCREENS, screensOf, type Place, type Screen } from './screens';
export {
  SETTINGS_GROUPS,
  SETTINGS_PLACES,
  settingsPlacesOf,
  type SettingsPath,
  type SettingsPlace,
} from './settings.places';
