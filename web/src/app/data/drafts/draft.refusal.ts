import type { DraftLabel, DraftView } from './draft.view';

/** What is said of a draft that was refused: not there means that a colleague has the conversation. */
export function refusedWith(
  { code, detail }: { code: string | null; detail: string },
  otherwise: DraftLabel,
): Pick<DraftView, 'label' | 'reason' | 'outOfReach'> {
  const outOfReach = code === 'not_found';
  return { label: outOfReach ? 'not saved' : otherwise, reason: detail, outOfReach };
}
