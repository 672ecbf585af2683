import { BlockList, isIP } from 'node:net';
import { resolve } from 'node:path';

/** A value of the environment that cannot be used; the message is one sentence that names it. */
export class WrongConfig extends Error {}

export interface RateLimits {
  ip: number;
  caller: number;
  workspace: number;
}

/** What a busy office, a person with many tabs, and a large team stay well below. */
const RATE_LIMITS: RateLimits = { ip: 6_000, caller: 3_000, workspace: 20_000 };

/** Everything an operator can set, parsed once. Nothing else reads `process.env`. */
export class Config {
  /** TCP port of the one listener. */
  readonly port: number;
  /** Address to listen on. */
  readonly host: string;
  /** Origin that people and mail readers reach, without a trailing slash. */
  readonly publicUrl: string;
  /** Administrator's connection to PostgreSQL: roles and migrations are made through it at start. */
  readonly databaseUrl: string;
  /** True when the starter runs PostgreSQL for us: there is a demo workspace, and no other node. */
  readonly embedded: boolean;
  readonly redisUrl: string | null;
  /** Absent: mail goes to the built-in mailbox. */
  readonly smtpUrl: string | null;
  readonly appSecret: string;
  /** Earlier values of APP_SECRET, the newest first: what was sealed with them still opens. */
  readonly previousSecrets: readonly string[];
  /** Absolute folder of secrets and spool. */
  readonly dataDir: string;
  /** Peers whose X-Forwarded-For counts, as CIDRs. */
  readonly trustedProxies: readonly string[];
  /** Private networks that outgoing requests may reach, as CIDRs. */
  readonly outboundAllowCidrs: readonly string[];
  /** Folder of the built web app; absent: API only. */
  readonly webRoot: string | null;
  /** `http`, `worker` or both. */
  readonly roles: ReadonlySet<'http' | 'worker'>;
  readonly logLevel: string;
  /** Name of a point in the code at which the process kills itself; for fault tests only. */
  readonly crashAt: string | null;
  /** Sender of outgoing mail. */
  readonly mailFrom: string;
  /** Whether strangers may create workspaces; when not, a set-up link and invitations are the ways in. */
  readonly openRegistration: boolean;
  /** What opens /metrics; without it only this machine reads them. */
  readonly metricsToken: string | null;
  /** Requests a minute that are answered: for one address, one person or API key, one workspace. */
  readonly rateLimits: RateLimits;

  constructor(env: Record<string, string | undefined>) {
    this.port = whole(env, 'PORT', 3000, 0, 65_535);
    this.host = env.HOST || '127.0.0.1';
    this.publicUrl = origin(env, 'PUBLIC_URL') ?? `http://localhost:${this.port}`;
    this.databaseUrl = url(env, 'DATABASE_URL', ['postgres:', 'postgresql:']) ?? missing('DATABASE_URL');
    this.embedded = env.THREADLINE_EMBEDDED === '1';
    this.redisUrl = url(env, 'REDIS_URL', ['redis:', 'rediss:']);
    this.smtpUrl = url(env, 'SMTP_URL', ['smtp:', 'smtps:']);
    this.appSecret = secret(env);
    this.previousSecrets = previousSecrets(env);
    this.dataDir = resolve(env.DATA_DIR || 'data');
    this.trustedProxies = cidrs(env, 'TRUSTED_PROXIES');
    this.outboundAllowCidrs = cidrs(env, 'OUTBOUND_ALLOW_CIDRS');
    this.webRoot = env.WEB_ROOT ? resolve(env.WEB_ROOT) : null;
    this.roles = roles(env);
    this.logLevel = oneOf(env, 'LOG_LEVEL', ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'], 'info');
    this.crashAt = env.CRASH_AT || null;
    this.metricsToken = metricsToken(env);
    this.rateLimits = rateLimits(env);
    this.openRegistration = oneOf(env, 'REGISTRATION', ['open', 'closed'], 'open') === 'open';
    this.mailFrom = address(env, 'MAIL_FROM') ?? `inbox@${mailDomain(this.publicUrl)}`;
  }

  /**
   * True when mail leaves this machine: whoever follows a link in it has the address. The built-in mailbox is read by
   * whoever looks after the workspace, so what stands in it shows nothing of an address.
   */
  get mailProves(): boolean {
    return this.smtpUrl !== null;
  }

  /** True when the address people use is encrypted: cookies are then `Secure` and `__Host-`. */
  get secure(): boolean {
    return this.publicUrl.startsWith('https:');
  }
}

/**
 * Reads the process's environment.
 * @throws WrongConfig with one sentence that names the variable.
 */
export function parseConfig(env: Record<string, string | undefined> = process.env): Config {
  return new Config(env);
}

function address(env: Record<string, string | undefined>, name: string): string | null {
  const raw = env[name];
  if (!raw) return null;
  if (!/^[^\s<>@,;:"]+@[^\s<>@,;:"]+$/.test(raw)) {
    throw new WrongConfig(`${name} must be one e-mail address such as team@example.com, without a name.`);
  }
  return raw;
}

/** Mail needs a name: where people reach us by an address alone, there is none to go by. */
function mailDomain(publicUrl: string): string {
  const host = new URL(publicUrl).hostname;
  return isIP(host.replace(/^\[|\]$/g, '')) ? 'localhost' : host;
}

function missing(name: string): never {
  throw new WrongConfig(`${name} is not set; \`npm start\` sets it for the embedded database.`);
}

function whole(env: Record<string, string | undefined>, name: string, absent: number, min: number, max: number) {
  const raw = env[name];
  if (!raw) return absent;
  const value = Number(raw);
  if (!Number.isInteger(value) || value < min || value > max) {
    throw new WrongConfig(`${name} must be a whole number from ${min} to ${max}, not "${raw}".`);
  }
  return value;
}

function url(env: Record<string, string | undefined>, name: string, protocols: string[]): string | null {
  const raw = env[name];
  if (!raw) return null;
  const wanted = protocols.map((protocol) => `${protocol}//`).join(' or ');
  if (!URL.canParse(raw)) throw new WrongConfig(`${name} must be a URL that starts with ${wanted}.`);
  if (!protocols.includes(new URL(raw).protocol)) throw new WrongConfig(`${name} must start with ${wanted}.`);
  return raw;
}

function origin(env: Record<string, string | undefined>, name: string): string | null {
  const raw = url(env, name, ['http:', 'https:']);
  if (!raw) return null;
  const parsed = new URL(raw);
  if (parsed.pathname !== '/' || parsed.search || parsed.hash || parsed.username) {
    throw new WrongConfig(`${name} must be an origin such as https://threadline.example.com, without a path.`);
  }
  return parsed.origin;
}

function secret(env: Record<string, string | undefined>): string {
  const raw = env.APP_SECRET;
  if (!raw) throw new WrongConfig('APP_SECRET is not set; `npm start` generates it and keeps it with the data.');
  if (raw.length < 32) throw new WrongConfig('APP_SECRET must be 32 characters or more of random text.');
  return raw;
}

function previousSecrets(env: Record<string, string | undefined>): string[] {
  const list = (env.APP_SECRET_PREVIOUS ?? '')
    .split(',')
    .map((part) => part.trim())
    .filter(Boolean);
  if (list.some((each) => each.length < 32)) {
    throw new WrongConfig(
      'APP_SECRET_PREVIOUS must list earlier values of APP_SECRET, separated by commas (of 32 characters or more, none of them within).',
    );
  }
  return list;
}

function metricsToken(env: Record<string, string | undefined>): string | null {
  const raw = env.METRICS_TOKEN;
  if (!raw) return null;
  if (!/^[\w.~+/=-]{16,}$/.test(raw)) {
    throw new WrongConfig(
      'METRICS_TOKEN must be 16 letters, digits or more, without spaces, as it stands in a header.',
    );
  }
  return raw;
}

function rateLimits(env: Record<string, string | undefined>): RateLimits {
  const limits = { ...RATE_LIMITS };
  for (const part of (env.RATE_LIMITS ?? '').split(',').filter((each) => each.trim())) {
    const [, name, figure] = /^\s*(ip|caller|workspace)\s*=\s*(\d{1,9})\s*$/.exec(part) ?? [];
    if (!name || Number(figure) === 0) {
      throw new WrongConfig(
        `RATE_LIMITS must say requests a minute, such as ip=6000,caller=3000,workspace=20000; "${part.trim()}" does not.`,
      );
    }
    limits[name as keyof RateLimits] = Number(figure);
  }
  return limits;
}

function cidrs(env: Record<string, string | undefined>, name: string): string[] {
  const list = (env[name] ?? '')
    .split(',')
    .map((part) => part.trim())
    .filter(Boolean);
  for (const entry of list) {
    const [address = '', prefix] = entry.split('/');
    const family = isIP(address);
    try {
      if (!family) throw new TypeError('not an address');
      const bits = prefix === undefined ? (family === 4 ? 32 : 128) : Number(prefix);
      new BlockList().addSubnet(address, bits, family === 4 ? 'ipv4' : 'ipv6');
    } catch {
      throw new WrongConfig(
        `${name} must list networks such as 10.0.0.0/8, separated by commas; "${entry}" is not one.`,
      );
    }
  }
  return list;
}

function roles(env: Record<string, string | undefined>): ReadonlySet<'http' | 'worker'> {
  const raw = oneOf(env, 'ROLE', ['http', 'worker', 'both'], 'both');
  return new Set(raw === 'both' ? (['http', 'worker'] as const) : [raw as 'http' | 'worker']);
}

function oneOf(env: Record<string, string | undefined>, name: string, values: string[], absent: string): string {
  const raw = env[name];
  if (!raw) return absent;
  if (!values.includes(raw)) throw new WrongConfig(`${name} must be one of ${values.join(', ')}, not "${raw}".`);
  return raw;
}
