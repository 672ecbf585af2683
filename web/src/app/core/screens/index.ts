/* The places in the rail. */
export { toStart } from './start';
export { SCREENS, screensOf, type Screen } from './screens';
