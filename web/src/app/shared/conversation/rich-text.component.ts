import {
  Component,
  DestroyRef,
  ElementRef,
  afterNextRender,
  effect,
  inject,
  input,
  output,
  signal,
  viewChild,
} from '@angular/core';
import { Editor, type JSONContent, resolveFocusPosition } from '@tiptap/core';
import { Placeholder } from '@tiptap/extension-placeholder';
import { StarterKit } from '@tiptap/starter-kit';
import { hasMarkup } from '@threadline/contracts';
import { Bold, Italic, Link, List, ListOrdered, Quote, Underline, type IconNode } from 'lucide';
import { ButtonDirective, IconComponent, TipDirective } from '../ui';

interface Tool {
  name: string;
  label: string;
  icon: IconNode;
  keys: string;
  run: (editor: Editor) => void;
}

const TOOLS: readonly Tool[] = [
  {
    name: 'bold',
    label: 'Bold',
    icon: Bold,
    keys: 'mod+b',
    run: (editor) => editor.chain().focus().toggleBold().run(),
  },
  {
    name: 'italic',
    label: 'Italic',
    icon: Italic,
    keys: 'mod+i',
    run: (editor) => editor.chain().focus().toggleItalic().run(),
  },
  {
    name: 'underline',
    label: 'Underline',
    icon: Underline,
    keys: 'mod+u',
    run: (editor) => editor.chain().focus().toggleUnderline().run(),
  },
  {
    name: 'bulletList',
    label: 'List',
    icon: List,
    keys: 'mod+shift+8',
    run: (editor) => editor.chain().focus().toggleBulletList().run(),
  },
  {
    name: 'orderedList',
    label: 'Numbered list',
    icon: ListOrdered,
    keys: 'mod+shift+7',
    run: (editor) => editor.chain().focus().toggleOrderedList().run(),
  },
  {
    name: 'blockquote',
    label: 'Quote',
    icon: Quote,
    keys: 'mod+shift+b',
    run: (editor) => editor.chain().focus().toggleBlockquote().run(),
  },
];

/** HTML would drop the space after the last word, and whoever goes on writing would run two sentences together. */
const AS_TYPED = { preserveWhitespace: true } as const;

/** The text of a message: rich, keyboard first, with a small bar of tools below it. */
@Component({
  selector: 'tl-rich-text',
  imports: [ButtonDirective, IconComponent, TipDirective],
  templateUrl: './rich-text.component.html',
  styleUrl: './rich-text.component.scss',
})
export class RichTextComponent {
  /** What the editor takes over, whenever it is another object; HTML or plain text. */
  readonly text = input.required<{ content: string }>();
  readonly label = input('Message');
  readonly placeholder = input('');
  readonly changed = output<string>();
  readonly left = output();
  readonly submitted = output();

  protected readonly tools = TOOLS;
  protected readonly linkIcon = Link;
  protected readonly active = signal<ReadonlySet<string>>(new Set());
  protected readonly linking = signal<string | null>(null);
  private readonly place = viewChild.required<ElementRef<HTMLElement>>('place');
  private readonly address = viewChild<ElementRef<HTMLInputElement>>('address');
  private editor: Editor | null = null;
  /** The editor is there and can be written in. */
  readonly ready = signal(false);

  constructor() {
    afterNextRender(() => {
      this.editor = this.make();
      this.ready.set(true);
    });
    effect(() => this.takeOver(this.text().content));
    effect(() => {
      this.placeholder();
      // The editor asks for its placeholder only when something happens in it.
      this.editor?.view.dispatch(this.editor.state.tr);
    });
    effect(() => this.address()?.nativeElement.select());
    inject(DestroyRef).onDestroy(() => this.editor?.destroy());
  }

  /** At once: the editor's own command waits for a frame, and what is typed until then would go elsewhere. */
  focus(): void {
    const { editor } = this;
    if (!editor) return;
    const end = resolveFocusPosition(editor.state.doc, 'end');
    if (end) editor.view.dispatch(editor.state.tr.setSelection(end).scrollIntoView());
    editor.view.focus();
  }

  /** Writes on at the end. */
  write(text: string): void {
    this.focus();
    for (const [index, line] of text.split('\n').entries()) {
      if (index > 0) this.editor?.commands.splitBlock();
      if (line) this.editor?.view.dispatch(this.editor.state.tr.insertText(line));
    }
  }

  protected use(tool: Tool): void {
    if (this.editor) tool.run(this.editor);
  }

  protected beginLink(): void {
    const href: unknown = this.editor?.getAttributes('link')['href'];
    this.linking.set(typeof href === 'string' ? href : 'https://');
  }

  protected setLink(event: Event, address: string): void {
    event.preventDefault();
    const href = address.trim();
    const chain = this.editor?.chain().focus().extendMarkRange('link');
    if (href === '' || href === 'https://') chain?.unsetLink().run();
    else if (this.editor?.state.selection.empty && !this.editor.isActive('link')) {
      chain?.insertContent({ type: 'text', text: href, marks: [{ type: 'link', attrs: { href } }] }).run();
    } else chain?.setLink({ href }).run();
    this.linking.set(null);
  }

  protected endLink(): void {
    this.linking.set(null);
    this.focus();
  }

  /** Arrow keys walk along the tools, as toolbars do. */
  protected walk(event: Event, by: number): void {
    const here = event.currentTarget as HTMLButtonElement;
    const bar = [...(here.closest('.tools')?.querySelectorAll('button') ?? [])];
    const at = bar.indexOf(here);
    if (at < 0) return;
    event.preventDefault();
    bar[(at + by + bar.length) % bar.length]?.focus();
  }

  private make(): Editor {
    return new Editor({
      element: this.place().nativeElement,
      extensions: [
        StarterKit.configure({
          heading: false,
          horizontalRule: false,
          codeBlock: false,
          link: {
            openOnClick: false,
            autolink: true,
            defaultProtocol: 'https',
            protocols: ['http', 'https', 'mailto'],
          },
        }),
        Placeholder.configure({ placeholder: () => this.placeholder() }),
      ],
      content: shown(this.text().content),
      parseOptions: AS_TYPED,
      editorProps: {
        attributes: { role: 'textbox', 'aria-multiline': 'true', 'aria-label': this.label(), class: 'writing' },
        handleKeyDown: (_view, event) => this.press(event),
      },
      onUpdate: ({ editor }) => this.changed.emit(written(editor)),
      onTransaction: ({ editor }) => this.mark(editor),
      onBlur: () => this.left.emit(),
    });
  }

  private press(event: KeyboardEvent): boolean {
    if (event.key === 'Enter' && (event.metaKey || event.ctrlKey)) {
      this.submitted.emit();
      return true;
    }
    if (event.key.toLowerCase() === 'k' && event.shiftKey && (event.metaKey || event.ctrlKey)) {
      this.beginLink();
      return true;
    }
    return false;
  }

  private mark(editor: Editor): void {
    const names = [...TOOLS.map(({ name }) => name), 'link'].filter((name) => editor.isActive(name));
    const before = this.active();
    if (names.length !== before.size || names.some((name) => !before.has(name))) this.active.set(new Set(names));
  }

  private takeOver(content: string): void {
    const { editor } = this;
    if (!editor || written(editor) === content) return;
    // No step of the person's own: Ctrl+Z would take away what they have saved.
    const change = editor.chain().setMeta('addToHistory', false);
    change.setContent(shown(content), { emitUpdate: false, parseOptions: AS_TYPED }).run();
    if (editor.isFocused) this.focus();
  }
}

/** What the editor says, as it is stored: nothing at all when nothing is written. */
function written(editor: Editor): string {
  return editor.isEmpty ? '' : editor.getHTML();
}

/** Plain text is not markup: its angle brackets and line breaks are shown as they are. */
function shown(content: string): string | JSONContent {
  if (content === '' || hasMarkup(content)) return content;
  const paragraphs = content.split('\n').map((line) => ({
    type: 'paragraph',
    ...(line === '' ? {} : { content: [{ type: 'text', text: line }] }),
  }));
  return { type: 'doc', content: paragraphs };
}
