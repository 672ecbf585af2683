import dependencies from './rules/dependencies.mjs';
import doors from './rules/doors.mjs';
import floors from './rules/floors.mjs';
import owners from './rules/owners.mjs';
import subscriptions from './rules/subscriptions.mjs';
import suffixes from './rules/suffixes.mjs';

/** The rules of the house that no published plugin knows. */
export default { rules: { dependencies, doors, floors, owners, subscriptions, suffixes } };
