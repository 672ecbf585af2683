import type { FastifyReply } from 'fastify';

/** Settles when the answer to a request has left, or whoever asked has hung up. */
export function answerOf(reply: FastifyReply): Promise<void> {
  return new Promise<void>((resolve) => reply.raw.once('finish', resolve).once('close', resolve));
}
