import { describe, expect, it } from '@jest/globals';
import type { PrivacyRequest } from '@threadline/contracts';
import { countWords, stateWords } from './request-words';

const request = (more: Partial<PrivacyRequest>) =>
  ({ kind: 'erase', state: 'done', stage: null, ...more }) as PrivacyRequest;

describe('the words of data subjects’ requests', () => {
  it.each([
    [request({}), 'Erased'],
    [request({ kind: 'export' }), 'Exported'],
    [request({ state: 'running', stage: 'events' }), 'Going through the log'],
    [request({ state: 'waiting', stage: 'rows' }), 'Waiting'],
    [request({ state: 'failed' }), 'Failed'],
  ])('say what became of one', (given, word) => {
    expect(stateWords(given).word).toBe(word);
  });

  it('count what was done, and leave out what there was none of', () => {
    expect(countWords({ leads: 1, messages: 4, conversations: 1, drafts: 0, events: 1200, audit_keys: 1 })).toBe(
      '4 messages, 1 conversation, 1,200 events in the log',
    );
    expect(countWords({})).toBe('');
  });
});
