import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { ScriptedSmtp } from '../../../test/scripted-smtp';
import { Config } from '../config';
import { MailTransport, type OutgoingMail } from './mail.transport';

const MAIL: OutgoingMail = {
  messageId: '<0197-abc@threadline.test>',
  date: new Date('2026-03-01T10:00:00Z'),
  from: { name: 'Anna Älv', address: 'anna@acme.test' },
  to: { name: 'Ben "B" <b>', address: 'ben@bücher.test' },
  replyTo: { name: 'Anna', address: 'reply+token@acme.test' },
  returnPath: 'bounce+token@acme.test',
  subject: 'Grüße — hello',
  html: '<p>Hello</p>',
  text: 'Hello',
  inReplyTo: '<first@bucher.test>',
  references: ['<zero@bucher.test>', '<first@bucher.test>'],
  unsubscribeUrl: null,
  headers: {},
};

let server: ScriptedSmtp;
let transport: MailTransport;
let url: string;

function transportTo(smtp: string): MailTransport {
  return new MailTransport(
    new Config({
      DATABASE_URL: 'postgres://x/y',
      APP_SECRET: 'x'.repeat(32),
      SMTP_URL: smtp,
      PUBLIC_URL: 'https://threadline.test',
    }),
  );
}

beforeEach(async () => {
  server = new ScriptedSmtp();
  url = await server.start();
  transport = transportTo(url);
});

afterEach(async () => {
  transport.onApplicationShutdown();
  await server.stop();
});

describe('a mail that is taken', () => {
  it('goes to one envelope recipient, with the identity and the thread it was given', async () => {
    await expect(transport.send(MAIL)).resolves.toEqual({ outcome: 'taken', reply: '250 2.0.0 ok queued as 1' });
    expect(server.taken).toHaveLength(1);
    const [mail] = server.taken;
    expect(mail?.from).toBe('bounce+token@acme.test');
    expect(mail?.to).toEqual(['ben@xn--bcher-kva.test']);
    const head = mail?.content.slice(0, mail.content.indexOf('\r\n\r\n')) ?? '';
    expect(head).toContain('Message-ID: <0197-abc@threadline.test>');
    expect(head).toContain('In-Reply-To: <first@bucher.test>');
    expect(head).toContain('References: <zero@bucher.test> <first@bucher.test>');
    expect(head).toContain('Reply-To: Anna <reply+token@acme.test>');
    expect(head).toContain('Date: Sun, 01 Mar 2026 10:00:00 +0000');
    expect(head).not.toMatch(/Auto-Submitted|List-Unsubscribe|Precedence|X-Mailer/i);
    expect(head.split('\r\n').every((line) => line.length <= 998 && /^[\x20-\x7e\t]*$/.test(line))).toBe(true);
  });

  it('carries one-click unsubscribing on one line only where an address for it is given', async () => {
    const unsubscribeUrl = `https://threadline.test/api/outreach/unsubscribe/${'t'.repeat(90)}`;
    await transport.send({ ...MAIL, unsubscribeUrl });
    expect(server.taken[0]?.content).toMatch(/^List-Unsubscribe: <https:\S{100,}>\r$/m);
    expect(server.taken[0]?.content).toContain('\r\nList-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n');
  });

  it('uses one connection for several mails', async () => {
    await transport.send(MAIL);
    await transport.send(MAIL);
    expect(server.taken).toHaveLength(2);
    expect(server.connections).toBe(1);
  });

  it('goes over a new connection when the kept one was cut in between, and still only once', async () => {
    await transport.send(MAIL);
    server.cutAll();
    await expect(transport.send(MAIL)).resolves.toMatchObject({ outcome: 'taken' });
    expect(server.seen).toHaveLength(2);
  });
});

describe('a mail that smuggles', () => {
  it.each([
    'one\r\n.\r\nMAIL FROM:<evil@x.test>\r\nRCPT TO:<victim@x.test>\r\nDATA\r\nboo',
    'one\n.\nMAIL FROM:<evil@x.test>\ntwo',
    'one\r.\rMAIL FROM:<evil@x.test>\rtwo',
    'one\n.\r\nMAIL FROM:<evil@x.test>',
    'one\r\n.\nMAIL FROM:<evil@x.test>',
    '.',
    '..\n.leading\n',
    '.\r\n'.repeat(1000),
  ])('arrives as one mail (%#)', async (text) => {
    await expect(transport.send({ ...MAIL, html: null, text })).resolves.toMatchObject({ outcome: 'taken' });
    await expect(
      transport.sendRaw({ returnPath: '', to: 'ben@x.test', content: Buffer.from(`Subject: x\r\n\r\n${text}`) }),
    ).resolves.toMatchObject({
      outcome: 'taken',
    });
    expect(server.seen).toHaveLength(2);
    for (const { wire } of server.seen) {
      expect(wire.toString('latin1')).not.toMatch(/\r(?!\n)|(?<!\r)\n/);
      expect(wire.toString('latin1')).not.toContain('\r\n.\r\n');
    }
    expect(server.commands.filter((line) => line.startsWith('MAIL'))).toHaveLength(2);
    expect(server.commands.join()).not.toContain('evil');
  });

  it.each([
    { subject: 'Hello\r\nBcc: victim@x.test' },
    { subject: 'Hello\u0000' },
    { from: { name: 'Anna\nBcc: victim@x.test', address: 'anna@acme.test' } },
    { to: { name: 'Ben', address: 'ben@x.test>\r\nRCPT TO:<victim@x.test' } },
    { to: { name: 'Ben', address: 'ben@x.test, victim@x.test' } },
    { to: { name: 'Ben', address: '"a@evil.test x"@x.test' } },
    { to: { name: 'Ben', address: 'ben@[127.0.0.1]' } },
    { to: { name: 'Ben', address: 'ben@127.0.0.1' } },
    { to: { name: 'Ben', address: 'ben' } },
    { to: { name: 'Ben', address: `${'x'.repeat(65)}@x.test` } },
    { returnPath: 'bounce@x.test\r\nRCPT TO:<v@x.test>' },
    { messageId: '<a b@x>' },
    { references: ['<a@b>', 'not one'] },
    { headers: { 'X-Note': 'a\r\nBcc: v@x.test' } },
  ])('is refused before any server hears of it: %j', async (wrong) => {
    await expect(transport.send({ ...MAIL, ...wrong })).resolves.toMatchObject({ outcome: 'refused' });
    expect(server.connections).toBe(0);
  });
});

describe('a server that does not take a mail', () => {
  it.each(['mail', 'rcpt', 'data', 'content'] as const)('for now (451 at %s) can be asked later', async (moment) => {
    server.next(moment, '451 4.7.1 greylisted, come back');
    await expect(transport.send(MAIL)).resolves.toEqual({
      outcome: 'later',
      reason: 'the mail server answered: 451 4.7.1 greylisted, come back',
    });
    await expect(transport.send(MAIL)).resolves.toMatchObject({ outcome: 'taken' });
    const ids = server.seen.map(({ content }) => /^Message-ID: (.*)$/im.exec(content)?.[1]);
    expect(new Set(ids)).toEqual(new Set(['<0197-abc@threadline.test>']));
  });

  it.each(['mail', 'rcpt', 'data', 'content'] as const)('for good (550 at %s) is not asked again', async (moment) => {
    server.next(moment, '550 5.1.1 no such person');
    await expect(transport.send(MAIL)).resolves.toEqual({
      outcome: 'refused',
      reason: 'the mail server answered: 550 5.1.1 no such person',
    });
    await expect(transport.send(MAIL)).resolves.toMatchObject({ outcome: 'taken' });
  });

  it.each(['connect', 'mail', 'data', 'content'] as const)(
    'because it is going down (421 at %s) can be asked later',
    async (moment) => {
      server.next(moment, '421 4.3.2 shutting down');
      await expect(transport.send(MAIL)).resolves.toMatchObject({ outcome: 'later' });
      await expect(transport.send(MAIL)).resolves.toMatchObject({ outcome: 'taken' });
    },
  );

  it('because it serves nobody (554 greeting) can be asked later: the refusal is not about this mail', async () => {
    server.next('connect', '554 5.3.2 no service here');
    await expect(transport.send(MAIL)).resolves.toMatchObject({ outcome: 'later' });
  });

  it('because it is not there can be asked later', async () => {
    await server.stop();
    await expect(transport.send(MAIL)).resolves.toEqual({
      outcome: 'later',
      reason: 'the mail server could not be reached',
    });
  });

  it.each(['connect', 'ehlo', 'mail', 'rcpt', 'data'] as const)(
    'because it hangs up at %s can be asked later',
    async (moment) => {
      server.next(moment, 'drop', 'drop', 'drop', 'drop');
      await expect(transport.send(MAIL)).resolves.toMatchObject({ outcome: 'later' });
      expect(server.seen).toHaveLength(0);
    },
  );

  it.each(['connect', 'rcpt', 'data'] as const)('because it falls silent at %s can be asked later', async (moment) => {
    server.next(moment, 'hang');
    await expect(transport.send(MAIL, 300)).resolves.toEqual({
      outcome: 'later',
      reason: 'the mail server did not answer in time',
    });
    await expect(transport.send(MAIL)).resolves.toMatchObject({ outcome: 'taken' });
  });
});

describe('a server of which nobody knows whether it took the mail', () => {
  it('because it hung up after the content: unknown, and this is the only copy it was shown', async () => {
    server.next('content', 'drop');
    await expect(transport.send(MAIL)).resolves.toEqual({
      outcome: 'unknown',
      reason: 'the mail server cut the connection after the mail had been handed over',
    });
    expect(server.seen).toHaveLength(1);
  });

  it('because it fell silent after the content: unknown', async () => {
    server.next('content', 'hang');
    await expect(transport.send(MAIL, 300)).resolves.toEqual({
      outcome: 'unknown',
      reason: 'the mail server did not answer in time after the mail had been handed over',
    });
    expect(server.seen).toHaveLength(1);
  });

  it('on a kept connection too', async () => {
    await transport.send(MAIL);
    server.next('content', 'drop');
    await expect(transport.send(MAIL)).resolves.toMatchObject({ outcome: 'unknown' });
    expect(server.seen).toHaveLength(2);
    expect(server.connections).toBe(1);
  });
});

describe('a slow server', () => {
  it('is waited for, and holds up no other mail', async () => {
    server.next('content', { after: 1_500, reply: '250 2.0.0 at last' });
    const slow = transport.send(MAIL);
    await new Promise((resolve) => setTimeout(resolve, 100));
    const started = performance.now();
    await expect(transport.send({ ...MAIL, messageId: '<second@threadline.test>' })).resolves.toMatchObject({
      outcome: 'taken',
    });
    expect(performance.now() - started).toBeLessThan(1_000);
    await expect(slow).resolves.toEqual({ outcome: 'taken', reply: '250 2.0.0 at last' });
  });
});

describe('without a mail server', () => {
  it('mail waits until the built-in mailbox listens', async () => {
    const builtIn = new MailTransport(new Config({ DATABASE_URL: 'postgres://x/y', APP_SECRET: 'x'.repeat(32) }));
    expect(builtIn.ready).toBe(false);
    await expect(builtIn.send(MAIL)).resolves.toMatchObject({ outcome: 'later' });
    builtIn.useBuiltIn(Number(new URL(url).port));
    await expect(builtIn.send(MAIL)).resolves.toMatchObject({ outcome: 'taken' });
    builtIn.onApplicationShutdown();
  });

  it('a configured one is never replaced by the built-in mailbox', async () => {
    transport.useBuiltIn(1);
    await expect(transport.send(MAIL)).resolves.toMatchObject({ outcome: 'taken' });
  });
});
