import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Type } from '@nestjs/common';
import type { FastifyAdapter, NestFastifyApplication } from '@nestjs/platform-fastify';
import { Test } from '@nestjs/testing';
import { type BuiltInRole, EVERYTHING, type Permission, type RoleScopes, type SignedIn } from '@threadline/contracts';
import pg from 'pg';
import { v7 } from 'uuid';
import { freePort } from '../../tools/postgres/ports.mjs';
import { MIGRATIONS } from '../migrations';
import { createApp } from '../src/app';
import { HASH_COST, type HashCost, RefreshCookie, Registration, Sessions } from '../src/modules/auth';
import { systemActor } from '../src/platform/access';
import { Clock } from '../src/platform/clock';
import { Config } from '../src/platform/config';
import { prepareDatabase } from '../src/platform/database';
import { Readiness } from '../src/platform/health';
import { ReactionRunner, Settling, UnitOfWork } from '../src/platform/work';
import { cookieOf, Person } from './person';
import { ScriptedSmtp } from './scripted-smtp';
import { TestClock } from './test-clock';

const TEMPLATE = 'threadline_template';
/** Any number that no other lock of the tests uses. */
const TEMPLATE_LOCK = 4_411;
export const PASSWORD = 'correct horse battery staple';
const NAME_OF_PLUGIN = Symbol.for('fastify.display-name');
/** A quarter of what the specs took went into hashes at their full cost. */
const CHEAP: HashCost = { memory: 64, passes: 1, parallelism: 1 };

/** A role of a workspace's own; it reaches everywhere unless it says otherwise. */
export interface CustomRole {
  permissions: readonly Permission[];
  scopes?: Partial<RoleScopes>;
}

export interface TestAppOptions {
  /** Environment variables besides the ones a test app needs. */
  env?: Record<string, string>;
  /** The database of another test app: a second node. */
  sharing?: TestApp;
  /** Hashes of passwords cost what they cost in production: for specs that compare times. */
  fullHashes?: boolean;
  /** Mail leaves by a mail server, which takes everything, in place of the built-in mailbox. */
  mailServer?: boolean;
}

/** The real application on a database of its own, and people who call it. */
export class TestApp {
  private people = 0;

  private constructor(
    readonly nest: NestFastifyApplication,
    readonly config: Config,
    readonly clock: TestClock,
    private readonly superuser: pg.Pool,
    private readonly ownsDatabase: boolean,
    /** What was mailed, when there is a mail server. */
    readonly mailServer: ScriptedSmtp | null,
  ) {}

  static async start(options: TestAppOptions = {}): Promise<TestApp> {
    const databaseUrl = options.sharing?.config.databaseUrl ?? (await makeDatabase());
    const port = await freePort();
    const mailServer = options.mailServer ? new ScriptedSmtp() : null;
    const config = new Config({
      DATABASE_URL: databaseUrl,
      APP_SECRET: 'a secret that only the tests know, 32+',
      PORT: String(port),
      PUBLIC_URL: `http://127.0.0.1:${port}`,
      DATA_DIR: await mkdtemp(join(tmpdir(), 'threadline-test-')),
      LOG_LEVEL: process.env.TEST_LOG ?? 'fatal',
      SMTP_URL: await mailServer?.start(),
      ...options.env,
    });
    const clock = options.sharing?.clock ?? new TestClock();
    const nest = await createApp(config, async (module, adapter) => {
      namePlugins(adapter);
      const testing = Test.createTestingModule({ imports: [module] })
        .overrideProvider(Clock)
        .useValue(clock);
      if (!options.fullHashes) testing.overrideProvider(HASH_COST).useValue(CHEAP);
      return (await testing.compile()).createNestApplication<NestFastifyApplication>(adapter, {
        bufferLogs: true,
        bodyParser: false,
      });
    });
    await nest.listen(port, '127.0.0.1');
    nest.get(Readiness).open();
    const superuser = new pg.Pool({ connectionString: databaseUrl, max: 3, options: '-c search_path=threadline' });
    superuser.on('error', () => undefined); // the server stops before the last idle connection is closed
    return new TestApp(nest, config, clock, superuser, !options.sharing, mailServer);
  }

  /** Where it listens; the address that people type is PUBLIC_URL. */
  get url(): string {
    return `http://127.0.0.1:${this.config.port}`;
  }

  /** A provider of the application. */
  get<T>(type: Type<T> | (abstract new (...parameters: never[]) => T)): T {
    return this.nest.get<T>(type as Type<T>, { strict: false });
  }

  /** Nobody in particular, not signed in. */
  get stranger(): Person {
    return new Person(this.url);
  }

  /** Somebody new with a workspace of their own, signed in, whose address is confirmed. */
  async person(name = `Ada ${++this.people}`): Promise<Person> {
    const email = `${name.toLowerCase().replace(/\W+/g, '.')}.${randomBytes(4).toString('hex')}@example.com`;
    const browser = { cookies: {}, fresh: randomBytes(32).toString('base64url') };
    const beginning = { method: 'password', secondFactor: false, userAgent: null, ip: '127.0.0.1', browser } as const;
    const { user, workspace, then } = await this.get(Registration).createWorkspace(
      { email, password: PASSWORD, name },
      { name: `${name}'s workspace`, demo: false, proved: true },
      (tx, { id }) => this.get(Sessions).start(tx, id, beginning),
    );
    if (!then) throw new Error('Nobody was signed in');
    const { refreshToken, ...tokens } = then;
    return new Person(this.url, { ...tokens, user, workspace }, `${this.get(RefreshCookie).name}=${refreshToken}`);
  }

  /** Adds somebody to a person's workspace and signs them in. */
  async colleagueOf(
    person: Person,
    role: BuiltInRole | CustomRole = 'agent',
    name = `Ben ${++this.people}`,
  ): Promise<Person> {
    const email = `${randomBytes(6).toString('hex')}@example.com`;
    const given = typeof role === 'string' ? role : await this.roleOf(person, role);
    await this.get(UnitOfWork).run(systemActor(person.workspaceId, 'test'), (tx) =>
      this.get(Registration).addPerson(tx, { email, password: PASSWORD, name }, given),
    );
    return this.signIn(email);
  }

  /** Makes a custom role in a person's workspace. */
  async roleOf(person: Person, { permissions, scopes }: CustomRole): Promise<{ id: string; name: string }> {
    const role = { id: v7(), name: `Role ${randomBytes(6).toString('hex')}` };
    const { leads, conversations } = { ...EVERYTHING, ...scopes };
    await this.rows(
      `INSERT INTO roles (workspace_id, id, name, permissions, lead_scope, conversation_scope, created_at)
       VALUES ($1, $2, $3, $4, $5, $6, now())`,
      [person.workspaceId, role.id, role.name, permissions, leads, conversations],
    );
    return role;
  }

  async signIn(email: string, password = PASSWORD): Promise<Person> {
    const answer = await this.stranger.post<SignedIn>('/api/auth/login', { email, password });
    if (answer.status !== 200) throw new Error(`Sign-in answered ${answer.status}: ${JSON.stringify(answer.body)}`);
    return new Person(this.url, answer.body, cookieOf(answer));
  }

  /** Waits until no background work is left: no sleeping in specs. */
  settle(): Promise<void> {
    return this.get(Settling).settle();
  }

  /** Brings the reactions alone to the head of the log. */
  async react(): Promise<void> {
    while (await this.get(ReactionRunner).catchUp());
  }

  /** Runs SQL as the superuser, past all isolation. */
  async rows<R extends object>(sql: string, parameters: unknown[] = []): Promise<R[]> {
    return (await this.superuser.query(sql, parameters)).rows as R[];
  }

  async stop(): Promise<void> {
    await this.nest.close();
    await this.mailServer?.stop();
    await this.superuser.end();
    await rm(this.config.dataDir, { recursive: true, force: true });
    if (this.ownsDatabase) await dropDatabase(this.config.databaseUrl);
  }
}

/**
 * Fastify looks for the name of a plugin that has none among the loaded files, which jest answers one by one: half a
 * second at every start.
 */
function namePlugins(adapter: FastifyAdapter): void {
  const fastify = adapter.getInstance();
  const register = fastify.register.bind(fastify) as (plugin: object, ...options: unknown[]) => typeof fastify;
  const named = (plugin: object, ...options: unknown[]) =>
    register(Object.assign(plugin, { [NAME_OF_PLUGIN]: Reflect.get(plugin, NAME_OF_PLUGIN) ?? 'unnamed' }), ...options);
  fastify.register = named as typeof fastify.register;
}

function serverUrl(database?: string): string {
  const url = new URL(process.env.DATABASE_URL ?? 'postgres://the-jest-global-setup-did-not-run');
  if (database) url.pathname = database;
  return url.href;
}

/** Copies the migrated template, which the first spec of a run makes. */
async function makeDatabase(): Promise<string> {
  const name = `t_${randomBytes(5).toString('hex')}`;
  const client = new pg.Client({ connectionString: serverUrl() });
  await client.connect();
  try {
    await client.query('SELECT pg_advisory_lock($1)', [TEMPLATE_LOCK]);
    const known = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [TEMPLATE]);
    if (known.rowCount === 0) {
      await client.query(`CREATE DATABASE ${TEMPLATE}_new`);
      const config = new Config({ DATABASE_URL: serverUrl(`${TEMPLATE}_new`), APP_SECRET: 'x'.repeat(32) });
      await prepareDatabase(config, MIGRATIONS);
      await client.query(`ALTER DATABASE ${TEMPLATE}_new RENAME TO ${TEMPLATE}`);
    }
    await client.query(`CREATE DATABASE ${name} TEMPLATE ${TEMPLATE}`);
  } finally {
    await client.end();
  }
  return serverUrl(name);
}

async function dropDatabase(databaseUrl: string): Promise<void> {
  const client = new pg.Client({ connectionString: serverUrl() });
  await client.connect();
  await client.query(`DROP DATABASE ${new URL(databaseUrl).pathname.slice(1)} WITH (FORCE)`);
  await client.end();
}
