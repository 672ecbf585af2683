/** Open sockets, for specs outside of the live stream's own folder. */
export { addressOf, TestScreen } from '../src/reactions/live/test-screen';
