export { SIGNS } from './hit';
export { MailJudge } from './judge/mail-judge';
export type { StoredHit } from './judge/verdict-rows';
export { TrackingLinks } from './tracking-links';
export { TrackingModule } from './tracking.module';
