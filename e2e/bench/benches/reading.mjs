const CONNECTIONS = 8;

/** A side that asks for one address over and over. */
export async function reading(world, { service, port }, path, ms, token) {
  const driver = world.startDriver('http.driver');
  await driver.ask('prepare', { port, list: [{ path }], headers: token ? { authorization: `Bearer ${token}` } : {} });
  return {
    service,
    driver,
    run: async () => {
      const result = await driver.ask('closed', { port, connections: CONNECTIONS, ms });
      if (result.statuses[200] !== result.count) throw new Error(`${path} answered ${JSON.stringify(result.statuses)}`);
      return result;
    },
  };
}
