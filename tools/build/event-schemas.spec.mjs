import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import test from 'node:test';
import { eventSchemasText, GENERATED } from './event-schemas.mjs';
import { WRITTEN, wordsOf } from './event-words.mjs';

test('the schemas of the events are those of EventDataMap (node tools/build/event-schemas.mjs writes them)', () => {
  assert.equal(readFileSync(GENERATED, 'utf8'), eventSchemasText());
});

test('an event is told in a sentence', () => {
  assert.equal(wordsOf('lead.created'), 'A lead was created.');
  assert.equal(wordsOf('member.joined'), 'A member joined.');
  assert.equal(wordsOf('lead.status_changed'), 'The status of a lead changed.');
  assert.equal(wordsOf('api_key.revoked'), 'An API key was revoked.');
  assert.equal(wordsOf('invitation.resent'), 'An invitation was resent.');
  assert.equal(wordsOf('message.replied'), 'A message was answered.');
});

test('an event whose name makes no English is asked for by hand', () => {
  for (const type of ['message.unknowable', 'webhook.address_moved', 'draft.text']) assert.throws(() => wordsOf(type));
  const text = readFileSync(GENERATED, 'utf8');
  for (const type of Object.keys(WRITTEN)) assert.ok(text.includes(`"${type}": {`), `There is no event ${type}.`);
});
