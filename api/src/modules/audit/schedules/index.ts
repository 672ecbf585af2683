export { AuditSchedulesModule } from './schedules.module';
