export { CRASH_POINTS, CrashPoints, type CrashPoint } from './crash-points';
export { CrashModule } from './crash.module';
