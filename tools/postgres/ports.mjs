import { createServer } from 'node:net';

/** A TCP port that was free on the loopback interface a moment ago. */
export async function freePort() {
  const server = createServer();
  await new Promise((listening, failed) => server.once('error', failed).listen(0, '127.0.0.1', listening));
  const { port } = server.address();
  await new Promise((closed) => server.close(closed));
  return port;
}

/** Whether somebody already listens there. */
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
