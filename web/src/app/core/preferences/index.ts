/* The person's own settings. */
export { BROWSER_ZONE, Preferences } from './preferences.service';
