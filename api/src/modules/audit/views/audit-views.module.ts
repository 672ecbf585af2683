import { Module } from '@nestjs/common';
import { AuditViewsController } from './audit-views.controller';
import { AuditViewsQueries } from './audit-views.queries';
import { AuditViews } from './audit-views.service';

/** Looks at the audit log that were given a name. */
@Module({ controllers: [AuditViewsController], providers: [AuditViews, AuditViewsQueries] })
export class AuditViewsModule {}
