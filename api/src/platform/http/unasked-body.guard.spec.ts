import { describe, expect, it } from '@jest/globals';
import { Body, type ExecutionContext } from '@nestjs/common';
import { ROUTE_ARGS_METADATA } from '@nestjs/common/constants';
import { RouteParamtypes } from '@nestjs/common/enums/route-paramtypes.enum';
import type { Refusal } from '../refusal';
import { UnaskedBodyGuard } from './unasked-body.guard';

class Routes {
  asks(@Body() body: object): object {
    return body;
  }

  asksNothing(): void {
    return undefined;
  }
}

/** As Nest keeps a parameter of a decorator of one's own: under a name that begins by chance. */
const BY_CHANCE = `${RouteParamtypes.BODY}f9__customRouteArgs__:0`;

describe('a body that a route does not ask for', () => {
  const refusalOf = (name: 'asks' | 'asksNothing', body: unknown) => {
    const context = {
      getType: () => 'http',
      getClass: () => Routes,
      getHandler: () => Routes.prototype[name],
      switchToHttp: () => ({ getRequest: () => ({ body }) }),
    } as unknown as ExecutionContext;
    try {
      new UnaskedBodyGuard().canActivate(context);
      return null;
    } catch (error) {
      return (error as Refusal).code;
    }
  };

  it('is let through where one is asked for, and when it is none', () => {
    expect(refusalOf('asks', { zzz: 1 })).toBeNull();
    for (const none of [undefined, null, {}]) expect(refusalOf('asksNothing', none)).toBeNull();
  });

  it('is refused otherwise, whatever the parameters of the route are called', () => {
    for (const read of [{}, { [BY_CHANCE]: { index: 0 } }]) {
      Reflect.defineMetadata(ROUTE_ARGS_METADATA, read, Routes, 'asksNothing');
      expect(refusalOf('asksNothing', { zzz: 1 })).toBe('invalid_input');
      expect(refusalOf('asksNothing', [1])).toBe('malformed_request');
    }
  });
});
