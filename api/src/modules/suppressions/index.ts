export { Suppressions } from './suppressions.service';
export { SuppressionsModule } from './suppressions.module';
