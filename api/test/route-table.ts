import { METHOD_METADATA, PATH_METADATA, ROUTE_ARGS_METADATA } from '@nestjs/common/constants';
import { DiscoveryService, MetadataScanner } from '@nestjs/core';
import { RequestMethod, type Type } from '@nestjs/common';
import { RouteParamtypes } from '@nestjs/common/enums/route-paramtypes.enum';
import { type Door, doorOf } from '../src/platform/access';
import { operationIdOf } from '../src/platform/http';
import type { TestApp } from './test-app';

export interface Route {
  method: string;
  /** With its parameters as `:name`. */
  path: string;
  door: Door | undefined;
  /** The controller's method. */
  handler: object;
  operationId: string;
  /** The classes that its body, its query and the parameters of its path are read into as a whole. */
  inputs: RouteInputs;
}

export type RouteInputs = Partial<Record<'body' | 'query' | 'path', Type>>;

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
        const inputs = inputsOf(metatype, prototype, name);
        const operationId = operationIdOf(metatype.name, name);
        return paths.map((path) => ({
          method: RequestMethod[method],
          path: join(prefix, path),
          door,
          handler,
          operationId,
          inputs,
        }));
      });
    });
  return routes.sort((a, b) => `${a.path} ${a.method}`.localeCompare(`${b.path} ${b.method}`, 'en'));
}

const INPUTS = new Map([
  [RouteParamtypes.BODY, 'body'],
  [RouteParamtypes.QUERY, 'query'],
  [RouteParamtypes.PARAM, 'path'],
] as const);

function inputsOf(controller: object, prototype: object, name: string): RouteInputs {
  const asked = (Reflect.getMetadata(ROUTE_ARGS_METADATA, controller, name) ?? {}) as Record<
    string,
    { index: number; data?: string }
  >;
  const types = (Reflect.getMetadata('design:paramtypes', prototype, name) ?? []) as Type[];
  return Object.fromEntries(
    Object.entries(asked).flatMap(([key, { index, data }]) => {
      // Not parseInt: the random name of a decorator of one's own may begin with the same digit.
      const input = INPUTS.get(Number(key.split(':')[0]));
      return input && data === undefined ? [[input, types[index]]] : [];
    }),
  );
}

function join(...parts: string[]): string {
  return `/${parts
    .flatMap((part) => part.split('/'))
    .filter(Boolean)
    .join('/')}`;
}
