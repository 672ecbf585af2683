import core from 'zapier-platform-core';
import { app } from './app';

/** What Zapier's platform loads: see the README beside. */
export default app(core.version);
