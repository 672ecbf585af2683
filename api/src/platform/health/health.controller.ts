import { Controller, Get } from '@nestjs/common';
import { Public } from '../access';
import { Readiness } from './readiness';

export class HealthDto {
  status: 'ok';
}

@Controller()
export class HealthController {
  constructor(private readonly readiness: Readiness) {}

  /** The process runs. */
  @Get('health/live')
  @Public()
  live(): HealthDto {
    return { status: 'ok' };
  }

  /** The process should get traffic. 503 while it starts, stops, or its database does not answer. */
  @Get('health/ready')
  @Public()
  async ready(): Promise<HealthDto> {
    await this.readiness.check();
    return { status: 'ok' };
  }
}
