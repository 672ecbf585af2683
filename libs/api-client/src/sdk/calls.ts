import type { Client } from '../generated/client';

/** What an operation is given: path, query, body and headers, as the description has them. */
export type Given<Data> = Omit<Data, 'url'> & {
  /** Gives up. */
  signal?: AbortSignal;
};

/** Nothing has to be given to an operation that needs nothing. */
export type Arguments<Data> = object extends Given<Data> ? [given?: Given<Data>] : [given: Given<Data>];

/** What an operation answers with. */
export type Answer<Responses> = Responses[keyof Responses];

/** An entry of the pages that an operation answers with. */
export type ItemOf<Responses> = Answer<Responses> extends { items: (infer Item)[] } ? Item : never;

/** A generated operation. */
type Operation = (options: never) => PromiseLike<unknown>;

/** Calls generated operations by a client of its own. */
export class Calls {
  constructor(private readonly client: Client) {}

  /** @throws ThreadlineProblem */
  async run<Responses>(operation: Operation, given: object | undefined): Promise<Answer<Responses>> {
    const options = { ...given, client: this.client, throwOnError: true } as never;
    return ((await operation(options)) as { data: Answer<Responses> }).data;
  }

  /**
   * All entries of a list, page by page, each fetched when it is needed.
   * @throws ThreadlineProblem
   */
  async *each<Responses>(operation: Operation, given: object | undefined): AsyncGenerator<ItemOf<Responses>, void> {
    const { query, ...rest } = (given ?? {}) as { query?: object };
    let cursor: string | null | undefined;
    do {
      const at = cursor === undefined ? {} : { cursor };
      const page = await this.run<Responses>(operation, { ...rest, query: { ...query, ...at } });
      const { items, nextCursor } = page as { items: ItemOf<Responses>[]; nextCursor: string | null };
      yield* items;
      cursor = nextCursor;
    } while (cursor !== null);
  }
}
