import type { IncomingMessage, ServerResponse } from 'node:http';

export interface IdentityProvider {
  issuer: string;
  clientId: string;
  clientSecret: string;
  /** Claims by login. */
  people: Record<string, Record<string, unknown>>;
  /** Every path asked for. */
  requests: string[];
  /** Answers instead of the provider where it returns true. */
  intercept: ((request: IncomingMessage, response: ServerResponse) => boolean) | null;
  /** What a browser does there; answers where it is sent in the end. */
  visit(url: string, login: string): Promise<string>;
  close(): Promise<void>;
}

export function startIdentityProvider(options: {
  redirectUri: string;
  people?: Record<string, Record<string, unknown>>;
}): Promise<IdentityProvider>;
