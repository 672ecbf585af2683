import { Refusal } from '../refusal';

/** SQLSTATEs that mean: nothing was changed, the same request may work in a moment. */
const PASSING = new Set([
  '40001', // serialization_failure
  '40P01', // deadlock_detected
  '53100', // disk_full
  '53200', // out_of_memory
  '53300', // too_many_connections
  '55P03', // lock_not_available
  '57014', // query_canceled (statement_timeout)
  '57P01', // admin_shutdown
  '57P02', // crash_shutdown
  '57P03', // cannot_connect_now
  '25P03', // idle_in_transaction_session_timeout
  '25006', // read_only_sql_transaction
  '58030', // io_error
]);
const CONNECTION = new Set(['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'ENOTFOUND', 'EAI_AGAIN']);
const MESSAGES = [
  'EPIPE',
  'ECONNRESET',
  // TypeORM lets go of a connection that was lost under it.
  'query runner was already released',
  'Query runner already released',
  'Connection terminated',
  'Query read timeout',
  'timeout exceeded when trying to connect',
  'Client has encountered a connection error',
  'Client was closed',
];

/** The refusal for an error that comes from the database being away or overloaded; undefined for any other error. */
export function databaseRefusal(error: unknown): Refusal | undefined {
  if (!(error instanceof Error)) return undefined;
  const source = 'driverError' in error && error.driverError instanceof Error ? error.driverError : error;
  const code = 'code' in source ? String(source.code) : '';
  // Text that PostgreSQL cannot hold (a NUL byte, a lone surrogate) is the caller's mistake.
  if (code === '22021' || code === '22P05') return new Refusal('invalid_input');
  const away =
    PASSING.has(code) ||
    code.startsWith('08') ||
    CONNECTION.has(code) ||
    MESSAGES.some((message) => source.message.includes(message));
  return away ? new Refusal('database_away', { retryAfter: 2 }) : undefined;
}

/** True when the database had no room left to write to. */
export function isDiskFull(error: unknown): boolean {
  return sourceOf(error)?.code === '53100';
}

/** True for a violated unique constraint of that name. */
export function isDuplicate(error: unknown, constraint: string): boolean {
  const source = sourceOf(error);
  return source?.code === '23505' && source.constraint === constraint;
}

/** True for a row that cannot be deleted, because another one refers to it. */
export function isReferredTo(error: unknown): boolean {
  return sourceOf(error)?.code === '23503';
}

function sourceOf(error: unknown): { code?: unknown; constraint?: unknown } | undefined {
  if (!(error instanceof Error)) return undefined;
  const source: object = 'driverError' in error && error.driverError instanceof Error ? error.driverError : error;
  return source;
}
