import { Spine1764000000001 } from './0001-spine';
import { Identity1764000000010 } from './0010-identity';

/** All migrations, in the order they run. The class name ends in 1764000000000 + the file's number. */
export const MIGRATIONS = [Spine1764000000001, Identity1764000000010];
