/** A refusal of the embedded PostgreSQL, as one sentence for the person at the terminal. */
export class PostgresError extends Error {
  name = 'PostgresError';
}
