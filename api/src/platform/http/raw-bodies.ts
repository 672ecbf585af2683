import type { IncomingMessage } from 'node:http';
import { Refusal } from '../refusal';

/** Routes whose bodies are kept as they came, of whatever type: signatures are made of bytes. */
const RAW_PATHS = ['/api/webhook-receivers/'];
/** Where providers call; `rest` is where programs subscribe, and JSON as everywhere. */
const PROVIDER_HOOK = /^\/api\/hooks\/(?!rest(?:[/?]|$))[^/?]+\/[^/?]+/;

/** Whether it is a provider that calls. */
export function isProviderHook(url: string): boolean {
  return PROVIDER_HOOK.test(url);
}

/** Whether a request's body is its bytes, as a Buffer, and nothing is read into it. */
export function keepsBytes(url: string): boolean {
  return RAW_PATHS.some((path) => url.startsWith(path)) || isProviderHook(url);
}

/** The bytes of a body. @throws Refusal `too_large` */
export async function bytesOf(payload: IncomingMessage, limit: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of payload as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > limit) throw new Refusal('too_large');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
