import { expect, it } from '@jest/globals';
import { mailDocument } from './mail-frame';

it('a mail is framed with a policy that lets it load and run nothing', () => {
  const text = mailDocument('<p>Hello</p>');
  const frame = new DOMParser().parseFromString(text, 'text/html');
  const policy = frame.querySelector('meta[http-equiv="Content-Security-Policy"]')?.getAttribute('content');
  expect(policy).toBe("default-src 'none'; style-src 'unsafe-inline'; img-src data:");
  expect(frame.head.querySelector('meta')?.getAttribute('charset')).toBe('utf-8');
  expect(frame.body.textContent).toBe('Hello');
});

it('a link of a mail leads nowhere by itself and says where it is followed', () => {
  const text = mailDocument(
    '<p>See <a href="https://away.example/" target="_blank" ping="https://p.example/">it</a></p>',
  );
  const link = new DOMParser().parseFromString(text, 'text/html').querySelector('a');
  expect(link?.getAttributeNames()).toEqual(['title']);
  expect(link?.title).toContain('button above');
  expect(link?.textContent).toBe('it');
});
