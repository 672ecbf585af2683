import { Injectable } from '@nestjs/common';
import type { Actor } from '../access';
import { Refusal } from '../refusal';
import type { VersionChange } from './version-change';
import { VERSION_CHANGES } from './version-changes.table';

/** The header in which a caller names the version it was written for, and an answer the one it is of. */
export const VERSION_HEADER = 'threadline-version';
/** The day of the first description. */
export const FIRST_VERSION = '2026-11-21';
/** The day of the newest one. */
export const NEWEST_VERSION = VERSION_CHANGES.at(-1)?.version ?? FIRST_VERSION;
/** How long a version is answered after the next one came: deprecated at once, gone after a year at the earliest. */
const ANSWERED_FOR_DAYS = 365;
const DAY = 86_400_000;

/** Since when something is deprecated and when it may be gone. Milliseconds since 1970. */
export interface Ending {
  since: number;
  sunset: number;
}

/**
 * The dated versions of the API. A caller names one in `Threadline-Version`; an API key that names none gets the one that
 * was the newest on the day the key was made, which its id tells (UUIDv7); everybody else gets the newest. The code speaks
 * the newest only: each change says how its answers are told to those of the version before, and they are applied one after
 * the other.
 */
@Injectable()
export class ApiVersions {
  /** The newest last. */
  private readonly changes: VersionChange[] = [];

  constructor() {
    for (const change of VERSION_CHANGES) this.register(change);
  }

  /** Adds a version beside those of the table. */
  register(change: VersionChange): void {
    this.changes.push(change);
    this.changes.sort((one, other) => (one.version < other.version ? -1 : 1));
  }

  get newest(): string {
    return this.changes.at(-1)?.version ?? FIRST_VERSION;
  }

  /** All that are answered, the oldest first. */
  get all(): string[] {
    return [FIRST_VERSION, ...this.changes.map(({ version }) => version)];
  }

  /** @throws Refusal `invalid_input` for one that there is not */
  asked(header: string | string[] | undefined): string | undefined {
    if (header === undefined) return undefined;
    if (typeof header === 'string' && this.all.includes(header)) return header;
    throw new Refusal('invalid_input', {
      errors: [{ path: 'Threadline-Version', message: `Choose one of: ${this.all.join(', ')}.` }],
    });
  }

  /** The version for a caller that names none. */
  usualFor(actor: Actor | undefined): string {
    if (actor?.credential?.kind !== 'api_key' || this.changes.length === 0) return this.newest;
    const madeAt = timeOf(actor.credential.id);
    return this.all.findLast((version) => Date.parse(version) <= madeAt) ?? FIRST_VERSION;
  }

  /** A body of the older version as the newest takes it. */
  fromOlder(version: string, operationId: string, body: unknown): unknown {
    return this.since(version).reduce((told, { operations }) => {
      const request = operations[operationId]?.request;
      return request ? request(told) : told;
    }, body);
  }

  /** An answer of the newest version as the older one has it. */
  toOlder(version: string, operationId: string, body: unknown): unknown {
    return this.since(version).reduceRight((told, { operations }) => {
      const answer = operations[operationId]?.answer;
      return answer ? answer(told) : told;
    }, body);
  }

  /** When a version ends; undefined for the newest. */
  endingOf(version: string): Ending | undefined {
    const next = this.since(version)[0];
    if (!next) return undefined;
    const since = Date.parse(next.version);
    return { since, sunset: since + ANSWERED_FOR_DAYS * DAY };
  }

  private since(version: string): VersionChange[] {
    return this.changes.filter((change) => change.version > version);
  }
}

/** When a UUIDv7 was made. Milliseconds since 1970. */
function timeOf(id: string): number {
  return Number.parseInt(id.replace('-', '').slice(0, 12), 16);
}
