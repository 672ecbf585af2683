export { Suppressions, type Unwanted } from './suppressions.service';
export { SuppressionsModule } from './suppressions.module';
