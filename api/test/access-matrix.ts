import { WorkerHost } from '@nestjs/bullmq';
import { DiscoveryService, MetadataScanner } from '@nestjs/core';
import { GATEWAY_METADATA, MESSAGE_METADATA } from '@nestjs/websockets/constants.js';
import { BUILT_IN_ROLES, type Permission, ROLE_PERMISSIONS, SERVICES, type Service } from '@threadline/contracts';
import { type Door, doorOf, needsProof } from '../src/platform/access';
import { Reaction, type ReactsTo, Settling } from '../src/platform/work';
import { SERVICE_PERMISSIONS } from '../src/reactions/live/live.table';
import { type Route, routesOf } from './route-table';
import type { TestApp } from './test-app';

/** Who tries: every built-in role, and a role without a single permission. */
export const ACTORS = [...BUILT_IN_ROLES, 'nobody'] as const;
export type MatrixActor = (typeof ACTORS)[number];

/** What the role of an actor gives. */
export function permissionsOf(actor: MatrixActor): readonly Permission[] {
  return actor === 'nobody' ? [] : ROLE_PERMISSIONS[actor];
}

/** Whether somebody who is signed in with that role passes a door. */
export function passes(door: Door | undefined, actor: MatrixActor): boolean {
  if (door === undefined) return false;
  if (door === 'public' || door.permission === 'signed-in' || door.permission === 'known') return true;
  return door.permission !== 'provisioning' && permissionsOf(actor).includes(door.permission);
}

export interface SocketMessage {
  name: string;
  door: Door | undefined;
}

/** Everything that can be asked of Threadline, and everything it does by itself. */
export interface AccessMatrix {
  routes: (Route & { proof: boolean })[];
  messages: SocketMessage[];
  services: { service: Service; door: Door }[];
  reactions: { name: string; handles: string[] }[];
  processors: string[];
  background: string[];
}

/** Reads the matrix from the running application, so that nothing can be left out of it. */
export function accessMatrixOf(app: TestApp): AccessMatrix {
  const discovery = app.get(DiscoveryService);
  const providers = discovery.getProviders();
  return {
    routes: routesOf(app).map((route) => ({ ...route, proof: needsProof(route.handler) !== undefined })),
    messages: providers
      .filter(({ metatype }) => metatype && Reflect.hasMetadata(GATEWAY_METADATA, metatype))
      .flatMap(({ instance }) => messagesOf(instance as object))
      .sort(by(({ name }) => name)),
    services: SERVICES.map((service) => ({ service, door: { permission: SERVICE_PERMISSIONS[service] } })),
    reactions: discovery
      .getProviders({ metadataKey: Reaction.KEY })
      .map((wrapper) => ({
        name: discovery.getMetadataByDecorator(Reaction, wrapper) ?? wrapper.name,
        handles: [...(wrapper.instance as ReactsTo).handles].sort(),
      }))
      .sort(by(({ name }) => name)),
    processors: providers
      .flatMap(({ instance }) => (instance instanceof WorkerHost ? [instance.worker.name] : []))
      .sort(),
    background: app.get(Settling).names.sort(),
  };
}

function messagesOf(gateway: object): SocketMessage[] {
  const prototype = Object.getPrototypeOf(gateway) as Record<string, object>;
  return new MetadataScanner().getAllMethodNames(prototype).flatMap((method) => {
    const handler = prototype[method];
    const name = handler && (Reflect.getMetadata(MESSAGE_METADATA, handler) as string | undefined);
    return handler && name !== undefined ? [{ name, door: doorOf(handler) }] : [];
  });
}

/** The matrix as a page to read: committed, so that a change of it is seen. */
export function pageOf(matrix: AccessMatrix): string {
  const row = (name: string, door: Door | undefined) => {
    const who = ACTORS.map((actor) => (passes(door, actor) ? actor : '-').padEnd(8)).join(' ');
    return `${name.padEnd(58)} ${door === 'public' ? 'public' : who}`.trimEnd();
  };
  const sections = {
    'Routes (+ with a fresh proof)': matrix.routes.map(({ method, path, door, proof }) =>
      row(`${method.padEnd(6)} ${path}${proof ? ' +' : ''}`, door),
    ),
    'Socket messages': matrix.messages.map(({ name, door }) => row(name, door)),
    'Services of the live stream': matrix.services.map(({ service, door }) => row(service, door)),
    'Reactions, which act as Threadline itself': matrix.reactions.map(
      ({ name, handles }) => `${name}: ${handles.length > 12 ? 'most events' : handles.join(', ')}`,
    ),
    'Job processors, which act as Threadline itself': matrix.processors,
    'Background work, which acts as Threadline itself': matrix.background,
  };
  return Object.entries(sections)
    .map(([title, lines]) => `# ${title}\n${lines.join('\n')}\n`)
    .join('\n');
}

function by<T>(word: (item: T) => string): (one: T, other: T) => number {
  return (one, other) => word(one).localeCompare(word(other), 'en');
}
