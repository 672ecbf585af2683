import type { ClientNotices, ClientRequests, HandshakeRefusal, ServerMessages } from '@threadline/contracts';
import { io, type Socket } from 'socket.io-client';
import { Dropped, isSignedOut, SignedOut, troubleOf } from './trouble';

/** What LiveConnection needs of a socket. Made for one connection, thrown away after it. */
export interface LiveSocket {
  on<M extends keyof ServerMessages>(name: M, heard: (message: ServerMessages[M]) => void): void;
  /** The handshake is done. */
  onOpen(heard: () => void): void;
  /** The handshake failed (SignedOut or Dropped), or the connection is lost (Dropped). */
  onClosed(heard: (why: SignedOut | Dropped) => void): void;
  ask<R extends keyof ClientRequests>(
    name: R,
    request: ClientRequests[R]['request'],
    answered: (answer: ClientRequests[R]['answer']) => void,
  ): void;
  /** @param options volatile: not sent when it cannot be sent at once */
  say<N extends keyof ClientNotices>(name: N, notice: ClientNotices[N], options?: { volatile: boolean }): void;
  open(): void;
  close(): void;
}

export interface SocketTarget {
  /** The server's address; empty for the page's own. */
  url: string;
  /** Asked for a fresh token at each handshake. */
  token: () => Promise<string>;
  /** Milliseconds the handshake may take. */
  timeout: number;
}
export type SocketFactory = (target: SocketTarget) => LiveSocket;

/** A Socket.IO client: websocket only, one connection each, reconnecting left to LiveConnection. */
export const socketIo: SocketFactory = ({ url, token, timeout }) => {
  let closed: (why: SignedOut | Dropped) => void = () => undefined;
  const socket: Socket = io(url || undefined, {
    path: '/socket.io',
    transports: ['websocket'],
    autoConnect: false,
    reconnection: false,
    forceNew: true,
    timeout,
    auth: (give: (auth: { token: string }) => void) => {
      token().then(
        (fresh) => give({ token: fresh }),
        (error: unknown) => closed(whyRefused(error)),
      );
    },
  });
  return {
    on: (name, heard) => void socket.on(name as string, heard),
    onOpen: (heard) => void socket.on('connect', heard),
    onClosed: (heard) => {
      closed = heard;
      socket.on('connect_error', (error) => heard(whyRefused(error)));
      socket.on('disconnect', (reason) => heard(new Dropped(`The connection was lost (${reason})`)));
    },
    ask: (name, request, answered) => void socket.emit(name, request, answered),
    say: (name, notice, options) => {
      if (socket.connected) (options?.volatile ? socket.volatile : socket).emit(name, notice);
    },
    open: () => void socket.connect(),
    close: () => {
      closed = () => undefined;
      socket.removeAllListeners();
      socket.disconnect();
    },
  };
};

/** Reads a failed handshake: whether signing in is what is missing, or another try may do. */
export function whyRefused(error: unknown): SignedOut | Dropped {
  if (error instanceof SignedOut || error instanceof Dropped) return error;
  const trouble = troubleOf(error);
  if (isSignedOut(trouble)) {
    const code = trouble.code === 'session_ended' ? 'session_ended' : 'unauthenticated';
    return new SignedOut(code, trouble.detail, { cause: error });
  }
  const refusal = (error as { data?: Partial<HandshakeRefusal> } | null)?.data;
  return new Dropped(trouble.detail, typeof refusal?.retryInMs === 'number' ? refusal.retryInMs : null, {
    cause: error,
  });
}
