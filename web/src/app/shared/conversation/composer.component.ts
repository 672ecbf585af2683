import { Component, computed, input, output, viewChild } from '@angular/core';
import { RouterLink } from '@angular/router';
import { MAX_SUBJECT, type Message } from '@threadline/contracts';
import { Check, CircleAlert, CloudOff, SendHorizontal, Trash2, type IconNode } from 'lucide';
import { TimePipe } from '../format';
import { SkeletonComponent } from '../page';
import { ButtonDirective, IconComponent, TipDirective } from '../ui';
import type { ComposerDraft, DeskAct, DeskView, Partner } from './desk.types';
import { textOfHtml } from './readable';
import { RichTextComponent } from './rich-text.component';
import { SUPPRESSION_WORDS } from './suppression-words';
import { UndoBarComponent } from './undo-bar.component';

interface Label {
  text: string;
  icon: IconNode | null;
  tone: 'plain' | 'bad';
}

/** What is said of a draft that could not be sent. */
const UNSENT: Partial<Record<ComposerDraft['label'], string>> = {
  typing: 'Not sent',
  saving: 'Not sent',
  saved: 'Not sent, saved as draft',
  offline: 'Not sent, kept in this browser',
};

/** Where an answer is written: subject, text, what became of the draft, and what stands in the way of sending. */
@Component({
  selector: 'tl-composer',
  imports: [
    ButtonDirective,
    IconComponent,
    RichTextComponent,
    RouterLink,
    SkeletonComponent,
    TimePipe,
    TipDirective,
    UndoBarComponent,
  ],
  templateUrl: './composer.component.html',
  styleUrl: './composer.component.scss',
  host: {
    role: 'region',
    'aria-label': 'Write',
    '[class.begun]': 'written()',
    '(keydown.escape)': 'leave($event)',
  },
})
export class ComposerComponent {
  readonly view = input.required<DeskView>();
  readonly partner = input.required<Partner>();
  readonly act = output<DeskAct>();
  /** The keyboard wants out. */
  readonly left = output();

  protected readonly icons = { send: SendHorizontal, discard: Trash2, alert: CircleAlert };
  protected readonly maxSubject = MAX_SUBJECT;
  private readonly editor = viewChild.required(RichTextComponent);
  readonly ready = computed(() => this.editor().ready());

  /** The subject that an answer takes when none is typed. */
  protected readonly given = computed(() => {
    const subject = this.view().messages.find((message) => message.subject)?.subject ?? null;
    if (!subject) return '';
    return /^re:/iu.test(subject) ? subject : `Re: ${subject}`;
  });
  protected readonly label = computed<Label>(() => {
    const { draft, members, me } = this.view();
    const unsent = draft.unsent ? UNSENT[draft.label] : undefined;
    if (unsent) return { text: unsent, icon: CircleAlert, tone: 'bad' };
    switch (draft.label) {
      case 'loading':
      case 'empty':
        return { text: '', icon: null, tone: 'plain' };
      case 'typing':
      case 'saving':
        return { text: 'Saving…', icon: null, tone: 'plain' };
      case 'saved': {
        const author = draft.authorId && draft.authorId !== me ? members.get(draft.authorId)?.name : null;
        return { text: author ? `Saved by ${author}` : 'Saved', icon: Check, tone: 'plain' };
      }
      case 'offline':
        return { text: 'Offline, kept in this browser', icon: CloudOff, tone: 'plain' };
      case 'not saved':
        return { text: `Not saved: ${draft.reason ?? 'the server refused it'}`, icon: CircleAlert, tone: 'bad' };
      case 'conflict':
        return { text: 'Not saved: there are two versions', icon: CircleAlert, tone: 'bad' };
    }
  });
  protected readonly theirs = computed(() => {
    const { draft, members, me } = this.view();
    if (!draft.theirs) return null;
    const { authorId, content, subject, savedAt } = draft.theirs;
    const who = authorId === me ? 'You, on another screen,' : (members.get(authorId)?.name ?? 'A colleague');
    return { who, savedAt, text: textOfHtml(content), subject: subject ?? '' };
  });
  protected readonly mine = computed(() => textOfHtml(this.view().draft.content));
  protected readonly movedBy = computed(() => {
    const { moved, members, me } = this.view();
    const answers = (moved ?? []).filter((each) => each.direction === 'outbound' && each.authorId !== me);
    const names = new Set(answers.map(({ authorId }) => members.get(authorId ?? '')?.name ?? 'A colleague'));
    return [...names].join(' and ') || 'A colleague';
  });
  protected readonly twinBy = computed(() => {
    const { twin, members, me } = this.view();
    if (!twin) return null;
    if (twin.authorId === me) return 'You, on another screen, have';
    return `${members.get(twin.authorId ?? '')?.name ?? 'A colleague'} has`;
  });
  /** The message on its way has no subject, and takes none from those before it. */
  protected readonly untitled = computed(() => {
    const { undo, messages } = this.view();
    return this.given() === '' && messages.some(({ id }) => id === undo?.messageId);
  });
  protected readonly suppressed = computed(() => {
    const { suppressed } = this.partner();
    return suppressed && `Nothing is sent to this address: ${SUPPRESSION_WORDS[suppressed]}.`;
  });
  /** Why it cannot be sent as things are. */
  protected readonly hindrance = computed(() => {
    if (this.partner().address === null) return `${this.partner().name} has no e-mail address`;
    return (
      this.suppressed() ?? (this.view().draft.label === 'conflict' ? 'Choose one of the two versions first' : null)
    );
  });
  protected readonly written = computed(
    () => this.view().draft.label !== 'empty' && this.view().draft.label !== 'loading',
  );

  focus(typed: string): void {
    this.editor().write(typed);
  }

  protected leave(event: Event): void {
    // Escape in the middle of a composed character is the input method's.
    if ((event as KeyboardEvent).isComposing) return;
    event.preventDefault();
    this.left.emit();
  }

  protected subject(subject: string): void {
    this.act.emit({ do: 'edit', text: { subject, content: this.view().draft.content } });
  }

  protected content(content: string): void {
    this.act.emit({ do: 'edit', text: { subject: this.view().draft.subject, content } });
  }

  protected send(): void {
    if (!this.hindrance()) this.act.emit({ do: 'send' });
  }

  protected pressInSubject(event: KeyboardEvent): void {
    if (event.key !== 'Enter') return;
    event.preventDefault();
    if (event.metaKey || event.ctrlKey) this.send();
    else this.editor().focus();
  }

  protected words(message: Message): string {
    return textOfHtml(message.content);
  }
}
