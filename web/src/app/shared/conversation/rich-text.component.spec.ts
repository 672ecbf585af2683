import { describe, expect, it } from '@jest/globals';
import { TestBed } from '@angular/core/testing';
import { RichTextComponent } from './rich-text.component';

async function showing(content: string) {
  const fixture = TestBed.createComponent(RichTextComponent);
  const show = async (text: string): Promise<void> => {
    fixture.componentRef.setInput('text', { content: text });
    fixture.detectChanges();
    await fixture.whenStable();
  };
  await show(content);
  const editor = (fixture.nativeElement as HTMLElement).querySelector('[role=textbox]');
  return { show, html: () => editor?.innerHTML ?? '' };
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

  it('has no lines of its own for what only parts the paragraphs of HTML', async () => {
    expect((await showing('<p>One</p>\n  <p>Two</p>\n')).html()).toBe('<p>One</p><p>Two</p>');
  });
});
