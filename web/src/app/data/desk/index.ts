/* The talk with one lead as one screen shows it. */
export { DeskStore } from './desk.store';
