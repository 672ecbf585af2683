const CONNECTIONS = 8;

/** A side that asks for one address over and over, or for several in turn; by several callers at once, or so many. */
export async function reading(world, { service, port }, paths, ms, token, connections = CONNECTIONS) {
  const driver = world.startDriver('http.driver');
  const list = [paths].flat().map((path) => ({ path }));
  await driver.ask('prepare', { port, list, headers: token ? { authorization: `Bearer ${token}` } : {} });
  return {
    service,
    driver,
    run: async () => {
      const result = await driver.ask('closed', { port, connections, ms });
      if (result.statuses[200] !== result.count)
        throw new Error(`${list[0].path} answered ${JSON.stringify(result.statuses)}`);
      return result;
    },
  };
}
