import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Require } from '../../../platform/access';
import { AddressChecks } from './address-check.service';
import { AddressCheckDto, CheckAddressDto } from './address.dto';

@ApiTags('Webhooks')
@Controller('api/webhook-bench')
export class WebhooksAddressController {
  constructor(private readonly checks: AddressChecks) {}

  /** Whether deliveries may go to an address, and if asked, whether something answers there. Nothing is saved. */
  @Post('check-address')
  @HttpCode(200)
  @Require('webhooks:write')
  check(@Body() { url, call }: CheckAddressDto): Promise<AddressCheckDto> {
    return this.checks.check(url, call ?? false);
  }
}
