import { createClient } from '../generated/client';
import { API_VERSION, Resources } from '../generated/resources.gen';
import { Calls } from './calls';
import { send } from './retrying-fetch';

export interface ThreadlineOptions {
  /** Where Threadline is: `https://threadline.example.com`, with or without `/api`. */
  baseUrl: string;
  /** An API key, or what answers with an access token that is valid now. */
  apiKey: string | (() => string | Promise<string>);
  /** The dated version to speak; the one that this package was made for, unless told otherwise. */
  version?: string;
  /** How often a request is tried again that got 429, 503 or no answer: 3. */
  maxRetries?: number;
  /** The longest that is waited for another try, in milliseconds: 60,000. */
  maxWaitMs?: number;
  /** Instead of the platform's own. */
  fetch?: (request: Request) => Promise<Response>;
}

/**
 * A workspace of Threadline: `new Threadline({ baseUrl, apiKey })`, then for example `threadline.leads.list()`. Every
 * operation of the API is there, by the name of its group and its own; a list can be walked through with `each…`. What is
 * refused is thrown as ThreadlineProblem. POSTs bear an idempotency key, and 429 and 503 are tried again by themselves.
 */
export class Threadline extends Resources {
  readonly baseUrl: string;
  /** A bearer token that is valid now. */
  readonly token: () => Promise<string>;

  /** @throws TypeError when the address or the key is missing, as when the environment has none */
  constructor(options: ThreadlineOptions) {
    const { apiKey } = options;
    if (!options.baseUrl) throw new TypeError('baseUrl is missing: where is Threadline?');
    if (!apiKey) throw new TypeError('apiKey is missing: make one under Settings, API keys');
    const token = async () => (typeof apiKey === 'string' ? apiKey : apiKey());
    // Paths begin with /api themselves.
    const baseUrl = options.baseUrl.replace(/\/+$/, '').replace(/\/api$/, '');
    const sending = {
      maxRetries: options.maxRetries ?? 3,
      maxWaitMs: options.maxWaitMs ?? 60_000,
      fetch: options.fetch ?? ((request: Request) => fetch(request)),
      wait,
      random: Math.random,
      now: Date.now,
    };
    const client = createClient({
      baseUrl,
      auth: token,
      headers: { 'Threadline-Version': options.version ?? API_VERSION },
      fetch: ((request: Request) => send(request, sending)) as typeof fetch,
    });
    super(new Calls(client));
    this.baseUrl = baseUrl;
    this.token = token;
  }
}

function wait(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const stop = () => {
      clearTimeout(timer);
      reject(signal.reason as Error);
    };
    const timer = setTimeout(() => {
      signal.removeEventListener('abort', stop);
      resolve();
    }, ms);
    if (signal.aborted) stop();
    else signal.addEventListener('abort', stop, { once: true });
  });
}
