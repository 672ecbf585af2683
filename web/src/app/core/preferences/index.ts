/* The person's own settings. */
export { Preferences } from './preferences.service';
