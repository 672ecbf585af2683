import { Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Config } from '../../platform/config';
import { refuseOtherSites } from '../../platform/http';
import { freshDevice } from './came-from';
import { KnownDevices } from './known-devices';

const MONTH_SECONDS = 30 * 86_400;
/** The longest that browsers keep a cookie. */
const DEVICE_SECONDS = 400 * 86_400;

/**
 * The refresh token's cookie, and with it the one by which this browser is known again. Behind TLS it is `__Host-` and `Secure`; a plain-http installation has to do without,
 * because browsers then refuse both.
 */
@Injectable()
export class RefreshCookie {
  /** What it is called. */
  readonly name: string;

  constructor(
    private readonly config: Config,
    private readonly devices: KnownDevices,
  ) {
    this.name = config.secure ? '__Host-threadline' : 'threadline';
  }

  set(reply: FastifyReply, token: string): void {
    void reply.setCookie(this.name, token, { ...this.attributes, maxAge: MONTH_SECONDS });
    this.knowAgain(reply);
  }

  /** The cookie of the browser alone, when the request made it known to somebody. */
  knowAgain(reply: FastifyReply): void {
    const device = this.devices.tokenIn(reply.request.cookies) ?? freshDevice(reply.request);
    if (device) void reply.setCookie(this.devices.cookie, device, { ...this.attributes, maxAge: DEVICE_SECONDS });
  }

  clear(reply: FastifyReply): void {
    void reply.clearCookie(this.name, this.attributes);
  }

  /**
   * @throws Refusal `cross_site` when another site's page sent the request (ASVS 3.5.1).
   */
  read(request: FastifyRequest): string | undefined {
    this.refuseOtherSites(request);
    return request.cookies[this.name];
  }

  /** For every route that sets or uses the cookie. */
  refuseOtherSites(request: FastifyRequest): void {
    refuseOtherSites(request, this.config);
  }

  private get attributes() {
    return { path: '/', httpOnly: true, sameSite: 'lax' as const, secure: this.config.secure };
  }
}
