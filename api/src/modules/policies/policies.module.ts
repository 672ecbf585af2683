import { Module } from '@nestjs/common';
import { PoliciesController } from './policies.controller';
import { Policies } from './policies.service';

/** What a workspace asks of everybody who uses it. */
@Module({ controllers: [PoliciesController], providers: [Policies] })
export class PoliciesModule {}
