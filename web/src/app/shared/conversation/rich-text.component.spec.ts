import { describe, expect, it } from '@jest/globals';
import { TestBed } from '@angular/core/testing';
import { RichTextComponent } from './rich-text.component';

// jsdom lays nothing out; the editor asks where its cursor stands before it scrolls there.
const nowhere = { top: 0, left: 0, bottom: 0, right: 0 } as DOMRect;
Range.prototype.getClientRects = () => [nowhere] as unknown as DOMRectList;
Range.prototype.getBoundingClientRect = () => nowhere;

async function showing(content: string) {
  const fixture = TestBed.createComponent(RichTextComponent);
  const show = async (text: string): Promise<void> => {
    fixture.componentRef.setInput('text', { content: text });
    fixture.detectChanges();
    await fixture.whenStable();
  };
  await show(content);
  const editor = (fixture.nativeElement as HTMLElement).querySelector('[role=textbox]');
  const undo = (): void =>
    void editor?.dispatchEvent(
      new KeyboardEvent('keydown', { key: 'z', ctrlKey: true, bubbles: true, cancelable: true }),
    );
  const write = (text: string): void => (fixture.componentInstance as RichTextComponent).write(text);
  return { show, undo, write, html: () => editor?.innerHTML ?? '' };
}

describe('the text in the editor', () => {
  const TYPED = '<p>One  sentence. </p><p> Another. </p>';

  it('has every space that was typed, when it begins', async () => {
    expect((await showing(TYPED)).html()).toBe(TYPED);
  });

  it('has every space that was typed, when it comes from another screen', async () => {
    const { show, html } = await showing('');
    await show(TYPED);
    expect(html()).toBe(TYPED);
  });

  it('is not taken away by Ctrl+Z when it came from elsewhere: only what was typed here is', async () => {
    const { show, undo, write, html } = await showing('');
    await show(TYPED);
    undo();
    expect(html()).toBe(TYPED);
    write('!');
    expect(html()).toContain('Another. !');
    undo();
    undo();
    expect(html()).toBe(TYPED);
  });

  it('has no lines of its own for what only parts the paragraphs of HTML', async () => {
    expect((await showing('<p>One</p>\n  <p>Two</p>\n')).html()).toBe('<p>One</p><p>Two</p>');
  });
});
