/** What of Zapier's `z` is used here: calls that carry the connection's key, and answers with their JSON read. */
export interface Requests {
  request(options: {
    url: string;
    method?: 'GET' | 'POST' | 'PATCH' | 'DELETE';
    params?: Record<string, string | number>;
    body?: object;
    headers?: Record<string, string>;
    skipThrowForStatus?: boolean;
  }): Promise<{ status: number; data: unknown }>;
}

/** What Zapier hands to every function: the connection, what the person filled in, and what came in. */
export interface Bundle {
  authData: { baseUrl?: string; apiKey?: string };
  inputData: Record<string, unknown>;
  targetUrl?: string;
  subscribeData?: { id?: string };
  cleanedRequest?: unknown;
  meta?: { page?: number };
}

/** The address of a path of the API, on the server of this connection. */
export function at({ authData }: Bundle, path: string): string {
  return `${(authData.baseUrl ?? '').replace(/\/+$/, '')}/api${path}`;
}

/** A field that was filled in; undefined for one left empty. */
export function filled({ inputData }: Bundle, name: string): string | undefined {
  const value = inputData[name];
  return typeof value === 'string' && value.trim() !== '' ? value : undefined;
}
