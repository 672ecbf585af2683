import type { Shortcut } from '../../core/keys';

/** What the keys of the inbox ask, and what they do. */
export interface InboxKeys {
  /** A conversation is open. */
  chosen: () => boolean;
  mayWrite: () => boolean;
  mayChange: () => boolean;
  compose: () => void;
  /** Asks whom to write to. */
  pick: () => void;
  toggleDone: () => void;
  togglePending: () => void;
  snooze: () => void;
  assign: () => void;
  toggleViews: () => void;
  toggleLead: () => void;
}

/** The shortcuts of the inbox, beside those that walk through its list. */
export function inboxShortcuts(inbox: InboxKeys): Shortcut[] {
  const { chosen, mayWrite } = inbox;
  const writing = (): boolean => chosen() && mayWrite();
  const changing = (): boolean => chosen() && inbox.mayChange();
  const write = (): void => (chosen() ? inbox.compose() : inbox.pick());
  return [
    { keys: 'r', label: 'Answer', group: 'Conversation', when: writing, run: inbox.compose },
    { keys: 'mod+enter', label: 'Send what is written', group: 'Conversation', when: writing },
    { keys: 'c', label: 'Write', group: 'Conversation', when: mayWrite, run: write },
    { keys: 'e', label: 'Resolve or reopen', group: 'Conversation', when: changing, run: inbox.toggleDone },
    { keys: 'p', label: 'Pending or not', group: 'Conversation', when: changing, run: inbox.togglePending },
    { keys: 's', label: 'Snooze', group: 'Conversation', when: changing, run: inbox.snooze },
    { keys: 'a', label: 'Assign', group: 'Conversation', when: changing, run: inbox.assign },
    { keys: '[', label: 'Views, shown or not', group: 'This page', run: inbox.toggleViews },
    { keys: ']', label: 'Lead panel, shown or not', group: 'This page', when: chosen, run: inbox.toggleLead },
  ];
}
