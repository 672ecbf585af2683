import { kept } from '../browser';

/** Kept through a sign-out: choices about this screen, nothing about the work. */
const CHOICES = new Set(['theme', 'single-keys']);

/**
 * What this browser remembers of a session: whether there should be one, so that a page that was never signed in asks
 * for nothing, and whose unsaved work it holds. The tokens are elsewhere: one in memory, one in a cookie that scripts
 * cannot read.
 */
export const sessionMemory = {
  /** Whether this browser should still have a session. */
  expected(): boolean {
    return kept.read('session') !== null;
  },

  /** A session begins elsewhere, at an identity provider: the next page looks for it, and learns whose it is. */
  expect(): void {
    kept.write('session', 'arriving');
  },

  /** Whether the session was begun elsewhere, so that nobody here knows yet whose it is. */
  arriving(): boolean {
    return kept.read('session') === 'arriving';
  },

  /** Whose work this browser holds. */
  owner(): string | null {
    return kept.read('owner');
  },

  begin(userId: string): void {
    kept.write('owner', userId);
    kept.write('session', 'yes');
  },

  /** The session is over; what is unsaved stays until its owner, or somebody else, signs in. */
  end(): void {
    kept.remove('session');
  },

  /** Empties everything this browser keeps of the person's work: IndexedDB, session storage, our keys in local storage. */
  async wipe(): Promise<void> {
    kept.clear(CHOICES);
    if (typeof indexedDB === 'undefined') return;
    const databases = await indexedDB.databases();
    const ours = databases.flatMap(({ name }) => (name?.startsWith('threadline') ? [name] : []));
    await Promise.all(ours.map(dropDatabase));
  },
};

/** A connection that another tab holds open blocks the deletion until that tab closes it; it need not be waited for. */
function dropDatabase(name: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.deleteDatabase(name);
    request.onsuccess = () => resolve();
    request.onblocked = () => resolve();
    request.onerror = () => reject(request.error ?? new Error(`${name} could not be deleted`));
  });
}
