import { setTimeout as wait } from 'node:timers/promises';
import { describe, expect, it } from '@jest/globals';
import type { Lead, Message } from '@threadline/contracts';
import { TestApp } from '../../../test';
import { ScriptedSmtp } from '../../../test/scripted-smtp';

describe('sending mail with the queue on Redis', () => {
  it('what one process accepts, another sends when it is due, told by a job', async () => {
    const server = new ScriptedSmtp();
    const env = {
      SMTP_URL: await server.start(),
      MAIL_FROM: 'team@acme.test',
      REDIS_URL: process.env.REDIS_URL ?? '',
    };
    const front = await TestApp.start({ env: { ...env, ROLE: 'http' } });
    const back = await TestApp.start({ env: { ...env, ROLE: 'worker' }, sharing: front });
    try {
      const ada = await front.person('Ada');
      const lead = await ada.post<Lead>('/api/leads', { name: 'Lin', email: 'lin@example.com' });
      const send = (undoSeconds: number) =>
        ada.post<Message>(`/api/leads/${lead.body.id}/messages`, { channel: 'email', content: 'Hello', undoSeconds });
      const started = performance.now();
      await send(2);
      await send(0);
      while (server.taken.length < 1 && performance.now() - started < 4_500) await wait(10);
      expect(server.taken).toHaveLength(1);
      while (server.taken.length < 2 && performance.now() - started < 9_000) await wait(10);
      expect(server.taken).toHaveLength(2);
      expect(performance.now() - started).toBeGreaterThan(1_500);
    } finally {
      await back.stop();
      await front.stop();
      await server.stop();
    }
  });
});
