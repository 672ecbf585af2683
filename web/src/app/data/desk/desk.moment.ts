import type { Message } from '@threadline/contracts';
import { BehaviorSubject } from 'rxjs';
import { asProblem } from '../../core/api';
import type { Evidence, UndoOffer } from '../../shared/conversation';
import { refusalWords } from './desk.rules';

/** What passes while one screen shows a conversation, and is gone with it. */
export interface Moment {
  sending: boolean;
  undo: UndoOffer | null;
  moved: readonly Message[] | null;
  twin: Message | null;
  refusal: string | null;
  evidence: ReadonlyMap<string, Evidence>;
  troubles: ReadonlyMap<string, string>;
}

const CALM: Moment = {
  sending: false,
  undo: null,
  moved: null,
  twin: null,
  refusal: null,
  evidence: new Map(),
  troubles: new Map(),
};

/** Keeps the moment of a desk. What it says of a server out of reach it takes back when the server is reached again. */
export class DeskMoment {
  private readonly state = new BehaviorSubject<Moment>(CALM);
  readonly state$ = this.state.asObservable();
  private outOfReach: (() => void)[] = [];

  get now(): Moment {
    return this.state.value;
  }

  /** Another conversation: nothing of the last one is said any more. */
  clear(): void {
    this.outOfReach = [];
    this.state.next(CALM);
  }

  tell(change: Partial<Moment>): void {
    this.state.next({ ...this.now, ...change });
  }

  /** Says why something was not done. */
  refuse(error: unknown, words = refusalWords(error)): void {
    this.tell({ refusal: words });
    this.whenReached(error, () => {
      if (this.now.refusal === words) this.tell({ refusal: null });
    });
  }

  /** Says at a message what became of an act on it; null: nothing more. */
  tellTrouble(messageId: string, error: unknown): void {
    const troubles = new Map(this.now.troubles);
    if (error === null) troubles.delete(messageId);
    else troubles.set(messageId, refusalWords(error));
    this.tell({ troubles });
    this.whenReached(error, () => this.tellTrouble(messageId, null));
  }

  tellEvidence(messageId: string, found: Evidence): void {
    this.tell({ evidence: new Map(this.now.evidence).set(messageId, found) });
  }

  /** If that was because the server could not be reached, this happens when it can be. */
  whenReached(error: unknown, act: () => void): void {
    if (error !== null && asProblem(error).away) this.outOfReach.push(act);
  }

  /** The server is reached again. */
  reached(): void {
    const acts = this.outOfReach;
    this.outOfReach = [];
    for (const act of acts) act();
  }
}
