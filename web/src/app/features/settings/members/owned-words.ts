import type { Owned } from '../../../data/members';

/** "Their 14 leads and 1 conversation go to"; without numbers where they are not known. */
export function ownedWords(owned: Owned | null): string {
  if (!owned) return 'Their leads and conversations go to';
  if (owned.leads.count + owned.conversations.count === 0)
    return 'They own nothing now; what comes in meanwhile goes to';
  const parts = [counted(owned.leads, 'lead'), counted(owned.conversations, 'conversation')].filter(Boolean);
  const one = owned.leads.count + owned.conversations.count === 1;
  return `Their ${parts.join(' and ')} ${one ? 'goes' : 'go'} to`;
}

function counted({ count, more }: { count: number; more: boolean }, word: string): string {
  if (count === 0) return '';
  return `${count}${more ? ' or more' : ''} ${word}${count === 1 ? '' : 's'}`;
}
