export { AuditExportFiltersDto, AuditMakerDto } from './exports.dto';
export { AuditExportsModule } from './exports.module';
export { AuditExports } from './exports.service';
