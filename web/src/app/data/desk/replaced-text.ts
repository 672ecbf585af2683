import { Injectable, inject } from '@angular/core';
import type { Member } from '@threadline/contracts';
import { type Observable, filter, pairwise, startWith, tap, withLatestFrom } from 'rxjs';
import { Session } from '../../core/session';
import { Toasts } from '../../shared/toast';
import { type DraftSession, isEmptyText } from '../drafts';
import { MembersStore } from '../members';
import { isReplaced } from './desk.rules';

/** Long enough to read both texts. */
const REPLACED_SECONDS = 30;

/** Tells when a colleague's text takes the place of the person's own, with the way back. */
@Injectable({ providedIn: 'root' })
export class ReplacedText {
  private readonly session = inject(Session);
  private readonly members = inject(MembersStore);
  private readonly toasts = inject(Toasts);

  /** For as long as it is subscribed to. */
  tell(draft: DraftSession): Observable<unknown> {
    const me = this.session.me()?.user.id ?? '';
    return draft.view$.pipe(
      pairwise(),
      filter(([before, after]) => isReplaced(before, after, me)),
      withLatestFrom(this.members.byUser$.pipe(startWith(new Map<string, Member>()))),
      tap(([[before, after], members]) => {
        const who = members.get(after.authorId ?? '')?.name ?? 'A colleague';
        const action = { label: 'Mine back', run: () => draft.bringBack(before) };
        const did = isEmptyText(after) ? 'threw your text away' : 'replaced your text';
        this.toasts.show({ text: `${who} ${did}`, action, seconds: REPLACED_SECONDS });
      }),
    );
  }
}
