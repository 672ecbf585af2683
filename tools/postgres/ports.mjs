import { randomInt } from 'node:crypto';
import { createServer } from 'node:net';

/**
 * Below those that systems give to outgoing connections, so that none of these takes the port before it is listened on,
 * and above 10080, which browsers refuse to go to.
 */
const LOWEST = 11_000;
const HIGHEST = 19_999;

/** A TCP port that was free on the loopback interface a moment ago. */
export async function freePort() {
  for (;;) {
    const port = randomInt(LOWEST, HIGHEST + 1);
    if (await portIsFree(port)) return port;
  }
}

/** Whether nobody listens there. */
export async function portIsFree(port, host = '127.0.0.1') {
  const server = createServer();
  try {
    await new Promise((listening, failed) =>
      server.once('error', failed).listen({ port, host, exclusive: true }, listening),
    );
    return true;
  } catch (error) {
    if (error.code === 'EADDRINUSE') return false;
    throw error;
  } finally {
    server.close();
  }
}
