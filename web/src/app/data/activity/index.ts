/* What happens in the workspace. */
export { ActivityApi } from './activity.api';
export type { ActivityState } from './activity.rules';
export {
  activityPath,
  activitySentence,
  type ActivityMark,
  type ActivitySentence,
  type Names,
} from './activity.sentence';
export { ActivityFeed } from './activity.store';
