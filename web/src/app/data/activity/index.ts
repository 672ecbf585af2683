/* What happens in the workspace. */
export { ActivityApi } from './activity.api';
export type { ActivityState } from './activity.rules';
export { ActivityFeed } from './activity.store';
