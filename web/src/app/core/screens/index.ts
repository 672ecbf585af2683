/* The places in the rail. */
export { SCREENS, screensOf, type Screen } from './screens';
