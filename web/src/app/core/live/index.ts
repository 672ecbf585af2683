/* The live connection. */
export { Live } from './live.service';
