import type { Client, Dispatcher } from 'undici';

/** What came back, as far as it was read. */
export interface Exchanged {
  status: number;
  headers: Readonly<Record<string, string | string[] | undefined>>;
  body: Buffer;
  /** True when the body was longer than what was to be read. */
  cut: boolean;
}

/**
 * One request and its answer, without the streams that a body of a few bytes does not need.
 * @param maxBytes of the answer's body; reading ends with them
 * @param signal ends it at any moment; a connection that is still being made is the caller's to destroy
 * @throws the signal's reason, and what the client throws
 */
export function exchange(
  client: Client,
  request: Dispatcher.DispatchOptions,
  maxBytes: number,
  signal: AbortSignal,
): Promise<Exchanged> {
  return new Promise((resolve, reject) => {
    signal.throwIfAborted();
    const answer = new Answer(maxBytes, resolve, reject);
    const abort = () => answer.abort(signal.reason as Error);
    signal.addEventListener('abort', abort);
    answer.ended = () => signal.removeEventListener('abort', abort);
    client.dispatch(request, answer);
  });
}

/** Gathers an answer. Only its first end counts: the last byte, one too many, an error, or the signal. */
class Answer implements Dispatcher.DispatchHandler {
  ended: () => void = () => undefined;
  private controller?: Dispatcher.DispatchController;
  private status = 0;
  private headers: Exchanged['headers'] = {};
  private readonly chunks: Buffer[] = [];
  private length = 0;

  constructor(
    private readonly maxBytes: number,
    private readonly resolve: (exchanged: Exchanged) => void,
    private readonly reject: (error: Error) => void,
  ) {}

  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.controller = controller;
  }

  /** Comes once more for each 1xx before it. */
  onResponseStart(_: Dispatcher.DispatchController, status: number, headers: Exchanged['headers']): void {
    this.status = status;
    this.headers = headers;
  }

  onResponseData(controller: Dispatcher.DispatchController, chunk: Buffer): void {
    this.chunks.push(chunk);
    this.length += chunk.length;
    if (this.length <= this.maxBytes) return;
    this.finish();
    controller.abort(new Error('enough was read'));
  }

  onResponseEnd(): void {
    this.finish();
  }

  onResponseError(_: Dispatcher.DispatchController, error: Error): void {
    this.ended();
    this.reject(error);
  }

  abort(reason: Error): void {
    this.ended();
    this.reject(reason);
    this.controller?.abort(reason);
  }

  private finish(): void {
    this.ended();
    const { status, headers, length, maxBytes } = this;
    this.resolve({ status, headers, body: Buffer.concat(this.chunks).subarray(0, maxBytes), cut: length > maxBytes });
  }
}
