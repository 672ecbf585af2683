export { app } from './app';
export type { Bundle, Requests } from './zapier.types';
