export { Attempts, type Try } from './attempts';
export { FailuresInterceptor } from './failures.interceptor';
export { LimitsGuard } from './limits.guard';
export { LimitsModule } from './limits.module';
export { tell } from './rate-limit.headers';
export { RequestLimits } from './request.limits';
