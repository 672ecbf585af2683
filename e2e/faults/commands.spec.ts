import { spawnSync } from 'node:child_process';
import { resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Caller } from './caller';
import { World } from './world';

/** What whoever owns the machine runs beside the server, as it is built. */
describe('a command', () => {
  let world: World;
  let ada: Caller;

  beforeAll(async () => {
    world = await World.make();
    ada = await Caller.register((await world.node()).url);
    await ada.createLead();
  });
  afterAll(() => world?.end());

  const run = (name: string, args: string[] = [], env: Record<string, string> = {}) => {
    const script = resolve(import.meta.dirname, '../../dist/api', name);
    return spawnSync(process.execPath, [script, ...args], {
      env: { PATH: process.env.PATH, NODE_ENV: 'production', ...world.settings, ...env },
      encoding: 'utf8',
    });
  };

  it('prints a link that sets a new password and proves the address', async () => {
    const { email } = ada.session.user;
    const { status, stdout, stderr } = run('reset-link.mjs', [email]);
    expect([status, stderr]).toEqual([0, '']);
    const [, token] = /^http:\/\/threadline\.example\/reset-password#token=([\w-]{43})\n$/.exec(stdout) ?? [];
    const answer = await ada.post('/api/auth/reset-password', { token, password: 'eleven purple lampshades at dawn' });
    expect(answer.status).toBe(204);
    await world.eventually('SELECT 1 FROM users WHERE email = $1 AND address_proved_at IS NOT NULL', [email]);
  });

  it('says when nobody has the address', () => {
    const { status, stdout } = run('reset-link.mjs', ['nobody@example.com']);
    expect([status, stdout]).toEqual([1, 'Nobody here has the address nobody@example.com.\n']);
  });

  it('counts the numbers again, and finds them right', async () => {
    await world.eventually(
      `SELECT 1 FROM reaction_cursors c JOIN workspace_heads h USING (workspace_id)
        WHERE c.reaction = 'analytics' AND c.seq >= h.seq`,
    );
    const { status, stdout, stderr } = run('recount.mjs');
    expect([status, stderr]).toEqual([0, '']);
    expect(stdout).toMatch(/^[\da-f-]{36}: \d+ events to \d+, all as it was\n$/);
  });

  it('seals anew what lies sealed with another secret', () => {
    const { APP_SECRET = '' } = world.settings;
    const secrets = { APP_SECRET: 'another secret that only the faults know', APP_SECRET_PREVIOUS: APP_SECRET };
    const { status, stdout, stderr } = run('rotate-secret.mjs', [], secrets);
    expect([status, stderr]).toEqual([0, '']);
    expect(stdout).toMatch(/^\w+\.\w+: \d+ sealed, \d+ of them anew$/m);
  });
});
