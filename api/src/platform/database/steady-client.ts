import pg from 'pg';

/**
 * A connection of a pool that may be lost at any moment. Between the pool and whoever it hands a connection to nobody
 * listens for a moment, and when the server's farewell comes in the very packet that ended the query before it, Node
 * would end the process over it. The loss itself is told by the next query, and the pool makes another connection.
 */
export class SteadyClient extends pg.Client {
  constructor(config?: string | pg.ClientConfig) {
    super(config);
    this.on('error', () => undefined);
  }
}
