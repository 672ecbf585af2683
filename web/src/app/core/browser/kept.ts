/** Storage that may be switched off or full: reading then answers null, writing does nothing. */
function storage(kind: 'localStorage' | 'sessionStorage'): Storage | null {
  try {
    return globalThis[kind];
  } catch {
    return null;
  }
}

/** Small choices kept in this browser, under names of our own (`threadline:theme`). Never anything secret. */
export const kept = {
  read(name: string): string | null {
    return storage('localStorage')?.getItem(`threadline:${name}`) ?? null;
  },

  write(name: string, value: string): void {
    try {
      storage('localStorage')?.setItem(`threadline:${name}`, value);
    } catch {
      // Full: the choice holds until the page is left.
    }
  },

  remove(name: string): void {
    storage('localStorage')?.removeItem(`threadline:${name}`);
  },

  /** Everything but the names given; session storage too. */
  clear(but: ReadonlySet<string>): void {
    storage('sessionStorage')?.clear();
    const local = storage('localStorage');
    for (const key of local ? Object.keys(local) : []) {
      if (key.startsWith('threadline:') && !but.has(key.slice('threadline:'.length))) local?.removeItem(key);
    }
  },
};
