import type { Exchanged } from './exchange';

export interface OutboundRequest {
  /** As a person typed it; it is checked at every call, whatever was checked when it was saved. */
  url: string;
  method: 'GET' | 'HEAD' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  headers?: Readonly<Record<string, string>>;
  body?: string | Uint8Array;
  /** Milliseconds for all of it: the name, the connection, the answer and its body. */
  deadlineMs: number;
  /** Bytes of the answer's body that are read; what is longer is cut. */
  maxBytes: number;
  /**
   * Keeps the connection for the next call to the same origin and the same addresses, which are judged all the same. If
   * a kept one turns out to be closed, the call is made once more: only for what may arrive twice.
   */
  keep?: boolean;
}

export interface OutboundAnswer extends Exchanged {
  /** Milliseconds. */
  tookMs: number;
}
