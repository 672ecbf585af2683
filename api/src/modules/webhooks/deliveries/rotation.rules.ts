/** Something that waits for its turn, and whose it is. */
export interface Waiting {
  readonly group: string;
  readonly key: string;
}

/** Whose turn it is: group after group, and within a group one after the other. Whoever was served waits behind all. */
export class Rotation<T extends Waiting> {
  private readonly groups = new Map<string, Map<string, T>>();

  /** Waits, if it does not already. */
  add(one: T): void {
    const group = this.groups.get(one.group);
    if (group) group.set(one.key, one);
    else this.groups.set(one.group, new Map([[one.key, one]]));
  }

  /** Takes whose turn it is out; undefined when nobody waits. */
  next(): T | undefined {
    for (const [name, group] of this.groups) {
      this.groups.delete(name);
      for (const [key, one] of group) {
        group.delete(key);
        if (group.size > 0) this.groups.set(name, group);
        return one;
      }
    }
    return undefined;
  }

  get isEmpty(): boolean {
    return this.groups.size === 0;
  }
}
