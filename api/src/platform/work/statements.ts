import type { PoolClient, QueryConfig, QueryResult } from 'pg';

/** From this use on a text is worth a name: each connection then parses it once, and plans it once where that is as good. */
const WORTH_A_NAME = 5;
/** Names that exist at most: each connection keeps each. */
const MOST_NAMES = 300;
/** Texts that are counted at most before the count begins anew. */
const MOST_COUNTED = 2_000;

/**
 * Gives SQL that comes again and again a name, so that PostgreSQL keeps it prepared. Parsing and planning a short
 * statement is more work than running it. Values are always parameters, so a process knows a few hundred texts; one
 * that is put together anew each time never reaches a name.
 */
export class Statements {
  private readonly names = new Map<string, string>();
  private uses = new Map<string, number>();

  /** The query as it is to be sent. */
  of(text: string, values: unknown[]): QueryConfig {
    const name = this.names.get(text) ?? this.count(text);
    return name === undefined ? { text, values } : { name, text, values };
  }

  private count(text: string): string | undefined {
    if (this.names.size >= MOST_NAMES) return undefined;
    const uses = (this.uses.get(text) ?? 0) + 1;
    if (uses < WORTH_A_NAME) {
      if (this.uses.size >= MOST_COUNTED) this.uses = new Map();
      this.uses.set(text, uses);
      return undefined;
    }
    this.uses.delete(text);
    const name = `t${this.names.size + 1}`;
    this.names.set(text, name);
    return name;
  }
}

/** What a query answers: its rows; of an UPDATE or DELETE its rows and how many it touched, as TypeORM gives them. */
export function answerOf(result: QueryResult): unknown {
  return result.command === 'UPDATE' || result.command === 'DELETE' ? [result.rows, result.rowCount] : result.rows;
}

/** Holds back what is written to a connection until the code that runs now has said all it has to say: one packet, not three. */
export function gather(client: PoolClient): void {
  const { stream } = (client as unknown as { connection: { stream: { cork(): void; uncork(): void } } }).connection;
  stream.cork();
  process.nextTick(() => stream.uncork());
}
