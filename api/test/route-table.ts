import { METHOD_METADATA, PATH_METADATA } from '@nestjs/common/constants';
import { DiscoveryService, MetadataScanner } from '@nestjs/core';
import { RequestMethod } from '@nestjs/common';
import { type Door, doorOf } from '../src/platform/access';
import type { TestApp } from './test-app';

export interface Route {
  method: string;
  /** With its parameters as `:name`. */
  path: string;
  door: Door | undefined;
  /** The controller's method. */
  handler: object;
}

/** Every route of every controller, with the door it has. */
export function routesOf(app: TestApp): Route[] {
  const scanner = new MetadataScanner();
  const routes = app
    .get(DiscoveryService)
    .getControllers()
    .flatMap(({ instance, metatype }) => {
      const prototype = Object.getPrototypeOf(instance) as Record<string, object>;
      return scanner.getAllMethodNames(prototype).flatMap((name) => {
        const handler = prototype[name];
        const method = handler && (Reflect.getMetadata(METHOD_METADATA, handler) as RequestMethod | undefined);
        if (!handler || method === undefined || !metatype) return [];
        const paths = [Reflect.getMetadata(PATH_METADATA, handler) as string | string[]].flat();
        const prefix = Reflect.getMetadata(PATH_METADATA, metatype) as string;
        const door = doorOf(handler) ?? doorOf(metatype);
        return paths.map((path) => ({ method: RequestMethod[method], path: join(prefix, path), door, handler }));
      });
    });
  return routes.sort((a, b) => `${a.path} ${a.method}`.localeCompare(`${b.path} ${b.method}`, 'en'));
}

function join(...parts: string[]): string {
  return `/${parts
    .flatMap((part) => part.split('/'))
    .filter(Boolean)
    .join('/')}`;
}
