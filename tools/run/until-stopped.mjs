/**
 * Runs something until the first Ctrl-C, SIGTERM or closed terminal, which also ends a start that is still under way.
 * @param {{start(): Promise<void>, stop(): Promise<void>}} service
 * @param {() => Promise<void>} [started] called once it serves
 */
export async function untilStopped(service, started = async () => {}) {
  const { promise: asked, resolve: ask } = Promise.withResolvers();
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(name, () => ask(name));
  // A reader of our output that goes away is no reason to go down with it.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', ignoreClosedPipe);

  try {
    const up = service.start().then(started);
    await Promise.race([asked, up.then(() => asked)]);
  } catch (error) {
    await service.stop();
    throw error;
  }
  if (process.stdout.isTTY) console.log('\n  Stopping …');
  await service.stop();
}

function ignoreClosedPipe(error) {
  if (error.code !== 'EPIPE') throw error;
}
