import type { ClientNotices, ClientRequests, ServerMessages } from '@threadline/contracts';
import type { Server, Socket } from 'socket.io';
import type { Actor, Credential } from '../../platform/access';
import type { PeerNews } from './peers';
import type { Screen } from './screen';

type ServerEvents = { [M in keyof ServerMessages]: (message: ServerMessages[M]) => void };
/** What arrives is not known to be what it should be. */
type ClientEvents = { [R in keyof ClientRequests | keyof ClientNotices]: (raw: unknown) => void };
/** Between nodes. */
interface NodeEvents {
  peer: (news: PeerNews) => void;
}
/** Put on the socket by the handshake, and by the connection that follows it. */
interface SocketState {
  actor: Actor;
  credential: Credential;
  /** Where it comes from: the peer, or what a trusted proxy says of it. */
  ip: string;
  screen: Screen;
}

export type LiveServer = Server<ClientEvents, ServerEvents, NodeEvents, SocketState>;
export type LiveSocket = Socket<ClientEvents, ServerEvents, NodeEvents, SocketState>;

/** Names of the rooms. A room is entered only after the right to it was checked. */
export const rooms = {
  /** Every screen of a workspace. */
  workspace: (workspaceId: string) => `workspace:${workspaceId}`,
  /** Every screen of a person in a workspace. */
  user: (workspaceId: string, userId: string) => `user:${workspaceId}:${userId}`,
  /** The log as one service shows it to people with the same view. */
  log: (workspaceId: string, service: string, view: string) => `log:${workspaceId}:${service}:${view}`,
  /** The states of a service. */
  state: (workspaceId: string, service: string) => `state:${workspaceId}:${service}`,
  /** The states of a service that are for one person. */
  ownState: (workspaceId: string, service: string, userId: string) => `state:${workspaceId}:${service}:${userId}`,
  conversation: (workspaceId: string, conversationId: string) => `conversation:${workspaceId}:${conversationId}`,
};
