import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { SMTPServer } from 'smtp-server';
import { freePort, startTemporaryPostgres } from '../../tools/postgres/index.mjs';
import { Backup } from './backup';
import { NodeProcess } from './node.process';

/** A mail that the sink has taken. */
export interface TakenMail {
  messageId: string;
  raw: string;
}

/** A database server of a world. */
interface Postgres {
  url(): string;
  readonly pid: number | null;
  stop(): Promise<void>;
}

/** What outlives a crash: the database, the data folder, and a mail server that keeps what it was given. */
export class World {
  private readonly nodes = new Set<NodeProcess>();

  private constructor(
    private readonly postgres: Postgres,
    private readonly database: pg.Pool,
    private readonly dataDir: string,
    private readonly smtp: SMTPServer,
    private readonly smtpPort: number,
    /** Mails for which the sink has answered 250. */
    readonly mails: TakenMail[],
  ) {}

  /** @param given a server that has data already; otherwise a new one */
  static async make(given?: Postgres): Promise<World> {
    const postgres = given ?? (await startTemporaryPostgres());
    const database = new pg.Pool({
      connectionString: postgres.url(),
      max: 2,
      options: '-c search_path=threadline',
      connectionTimeoutMillis: 5_000,
      query_timeout: 10_000,
    });
    database.on('error', () => undefined); // the server stops before the pool does
    const mails: TakenMail[] = [];
    const smtp = sinkInto(mails);
    const smtpPort = await freePort();
    await new Promise<void>((resolve) => smtp.listen(smtpPort, '127.0.0.1', resolve));
    const dataDir = await mkdtemp(join(tmpdir(), 'threadline-faults-'));
    return new World(postgres, database, dataDir, smtp, smtpPort, mails);
  }

  /** Starts a node on this world. */
  async node(crashAt?: string): Promise<NodeProcess> {
    const node = await NodeProcess.start(await freePort(), this.settings, crashAt);
    this.nodes.add(node);
    return node;
  }

  /** The environment variables that everything on this world runs with. */
  get settings(): Record<string, string> {
    return {
      DATABASE_URL: this.postgres.url(),
      // One address for all nodes, as behind a proxy: tokens of one are good at the others.
      PUBLIC_URL: 'http://threadline.example',
      APP_SECRET: 'a secret that only the faults know: 32+',
      DATA_DIR: this.dataDir,
      SMTP_URL: `smtp://127.0.0.1:${this.smtpPort}`,
      // Receivers of webhooks live on this machine.
      OUTBOUND_ALLOW_CIDRS: '127.0.0.0/8',
    };
  }

  /** Copies the database as it is now, while it goes on. */
  backup(): Promise<Backup> {
    return Backup.take(this.postgres.url());
  }

  /** Kills the database server without warning; it is started again by whoever looks after it. */
  killDatabase(): void {
    const { pid } = this.postgres;
    if (pid === null) throw new Error('The database server is not running');
    process.kill(pid, 'SIGKILL');
  }

  /** Rows as the superuser sees them, past all isolation. */
  async rows<R extends object>(sql: string, parameters: unknown[] = []): Promise<R[]> {
    return (await this.database.query<R>(sql, parameters)).rows;
  }

  /** I3: per workspace as many events as the highest number. */
  async gaps(): Promise<object[]> {
    return this.rows(
      `SELECT h.workspace_id, h.seq, count(e.seq) AS events FROM workspace_heads h LEFT JOIN events e USING (workspace_id)
        GROUP BY h.workspace_id, h.seq HAVING count(e.seq) <> h.seq OR coalesce(max(e.seq), 0) <> h.seq`,
    );
  }

  /** I2: leads without their event, and events without their lead. */
  async torn(): Promise<object[]> {
    return this.rows(
      `SELECT l.id AS lead, e.subject_id AS event FROM leads l
         FULL JOIN (SELECT subject_id FROM events WHERE type = 'lead.created') e ON e.subject_id = l.id::text
        WHERE l.id IS NULL OR e.subject_id IS NULL`,
    );
  }

  /** Waits until a query answers a row; fails after ten seconds. */
  async eventually(sql: string, parameters: unknown[] = []): Promise<void> {
    const until = performance.now() + 10_000;
    while (performance.now() < until) {
      if ((await this.rows(sql, parameters)).length > 0) return;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    throw new Error(`It did not come about: ${sql}`);
  }

  async end(): Promise<void> {
    for (const node of this.nodes) if (!node.hasEnded) await node.kill();
    await new Promise<void>((resolve) => this.smtp.close(() => resolve()));
    await this.database.end();
    await this.postgres.stop();
    await rm(this.dataDir, { recursive: true, force: true });
  }
}

/** What a connection can end with when the node at its other end is killed. */
const BROKEN = ['ECONNRESET', 'EPIPE'];

function sinkInto(mails: TakenMail[]): SMTPServer {
  const sink = new SMTPServer({
    disabledCommands: ['AUTH', 'STARTTLS'],
    onData(stream, _session, done) {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        const raw = Buffer.concat(chunks).toString();
        mails.push({ messageId: /^message-id:\s*(<[^>]+>)/im.exec(raw)?.[1] ?? '', raw });
        done();
      });
    },
  });
  sink.on('error', (error: NodeJS.ErrnoException) => {
    if (!BROKEN.includes(error.code ?? '')) throw error;
  });
  return sink;
}
