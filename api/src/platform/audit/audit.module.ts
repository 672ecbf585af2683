import { Global, Module } from '@nestjs/common';
import { AuditTrail } from './audit-trail';
import { SubjectKeys } from './subject-keys';

@Global()
@Module({ providers: [AuditTrail, SubjectKeys], exports: [AuditTrail, SubjectKeys] })
export class AuditTrailModule {}
