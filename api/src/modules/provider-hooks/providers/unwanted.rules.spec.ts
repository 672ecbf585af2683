import { describe, expect, it } from '@jest/globals';
import { mailgunEvents } from './mailgun.rules';
import type { ProviderRequest, ToldEvent } from './provider-request.rules';
import { sendGridEvents } from './sendgrid.rules';
import { sesEvents } from './sns.rules';

const TO = 'lin@example.com';
const request = (body: object): ProviderRequest => ({ url: '', headers: {}, raw: Buffer.from(JSON.stringify(body)) });
const sendGrid = (more: object) => sendGridEvents(request([{ sg_event_id: '1', email: TO, ...more }]));
const mailgun = (more: object) => mailgunEvents(request({ 'event-data': { id: '1', recipient: TO, ...more } }));
const ses = (message: object) =>
  sesEvents(request({ MessageId: '1', Type: 'Notification', Message: JSON.stringify(message) }));
const sesBounce = (bounceType: string) =>
  ses({ eventType: 'Bounce', bounce: { bounceType, bouncedRecipients: [{ emailAddress: TO }] } });
const sesComplaint = (complaintFeedbackType: string) =>
  ses({ eventType: 'Complaint', complaint: { complaintFeedbackType, complainedRecipients: [{ emailAddress: TO }] } });

describe('what a provider tells of an address', () => {
  it.each<[string, ToldEvent[], ToldEvent['unwanted']]>([
    ['SendGrid: a bounce', sendGrid({ event: 'bounce', type: 'bounce' }), 'bounced'],
    ['SendGrid: a spam report', sendGrid({ event: 'spamreport' }), 'complained'],
    ['Mailgun: a permanent failure', mailgun({ event: 'failed', severity: 'permanent', reason: 'bounce' }), 'bounced'],
    ['Mailgun: a complaint', mailgun({ event: 'complained' }), 'complained'],
    ['SES: a permanent bounce', sesBounce('Permanent'), 'bounced'],
    ['SES: a complaint', sesComplaint('abuse'), 'complained'],
  ])('%s is for good, and names whom it is about', (_what, [event], unwanted) => {
    expect(event).toMatchObject({ unwanted, recipient: TO });
  });

  it.each<[string, ToldEvent[]]>([
    ['SendGrid: refused for now', sendGrid({ event: 'bounce', type: 'blocked' })],
    ['SendGrid: dropped by itself', sendGrid({ event: 'dropped', reason: 'Unsubscribed Address' })],
    ['Mailgun: a temporary failure', mailgun({ event: 'failed', severity: 'temporary' })],
    ['Mailgun: tried for too long', mailgun({ event: 'failed', severity: 'permanent', reason: 'old' })],
    ['Mailgun: a sender it does not take', mailgun({ event: 'rejected' })],
    ['SES: a full mailbox', sesBounce('Transient')],
    ['SES: a report that it is no spam', sesComplaint('not-spam')],
    ['SES: a virus', ses({ eventType: 'Reject', reject: { reason: 'Bad content' } })],
  ])('%s says nothing for good', (_what, events) => {
    expect(events).toHaveLength(1);
    expect(events[0]?.unwanted).toBeUndefined();
  });
});
