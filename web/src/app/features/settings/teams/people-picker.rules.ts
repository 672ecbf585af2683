import type { Member } from '@threadline/contracts';

/** The people whose name or address has every word that was typed. */
export function matching(people: readonly Member[], query: string): readonly Member[] {
  const words = query.toLocaleLowerCase().split(/\s+/u).filter(Boolean);
  if (words.length === 0) return people;
  return people.filter(({ name, email }) => {
    const text = `${name} ${email}`.toLocaleLowerCase();
    return words.every((word) => text.includes(word));
  });
}
