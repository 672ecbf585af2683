import { describe, expect, it } from '@jest/globals';
import type { Envelope } from '@threadline/contracts';
import { bodyOf } from './body.rules';

const names = {
  publicUrl: 'https://threadline.example',
  of: new Map([
    ['lead:l1', 'Lin <!channel> & Sons'],
    ['user:u1', 'Ada'],
  ]),
};
const event = {
  ...{ id: 'e1', seq: 7, type: 'message.received', workspaceId: 'w1', occurredAt: '2026-11-21T12:00:00.000Z' },
  actor: { type: 'user', id: 'u1' },
  subject: { type: 'message', id: 'm1' },
  about: ['message:m1', 'lead:l1'],
  data: { message: { subject: 'Ping @everyone [here](http://evil.example)', content: '<p>Hi</p>', failure: null } },
} as unknown as Envelope;

describe('the body of a message', () => {
  it('is the envelope itself for programs', () => {
    expect(bodyOf('standard', event, names)).toBe(JSON.stringify(event));
  });

  it('is told in words to Slack, where nothing in it mentions anybody or becomes a link', () => {
    const body = JSON.parse(bodyOf('slack', event, names)) as { text: string; blocks: object[] };
    expect(body.text).toContain('Ada: a message came in');
    expect(body.text).toContain('Lin &lt;!channel&gt; &amp; Sons');
    expect(JSON.stringify(body)).not.toContain('<!channel>');
    expect(JSON.stringify(body.blocks)).toContain('<https://threadline.example/leads/l1|Open in Threadline>');
  });

  it('is an embed for Discord, which may mention nobody', () => {
    const body = JSON.parse(bodyOf('discord', event, names)) as {
      embeds: { title: string; description: string; url: string }[];
      allowed_mentions: object;
    };
    expect(body.allowed_mentions).toEqual({ parse: [] });
    expect(body.embeds[0]).toMatchObject({
      title: 'Ada: a message came in',
      url: 'https://threadline.example/leads/l1',
    });
    expect(body.embeds[0]?.description).not.toContain('](http');
    expect(body.embeds[0]?.description).not.toContain('@everyone');
  });

  it('stays within what both take, however long the words are', () => {
    const long = { ...event, data: { message: { subject: '😀'.repeat(3_000), content: '', failure: null } } };
    const [embed] = (
      JSON.parse(bodyOf('discord', long as unknown as Envelope, names)) as { embeds: { description: string }[] }
    ).embeds;
    expect(embed?.description.length).toBeLessThan(2_000);
    const slack = JSON.parse(bodyOf('slack', long as unknown as Envelope, names)) as { text: string };
    expect(slack.text.length).toBeLessThan(3_000);
  });
});
