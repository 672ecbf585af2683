import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { v7 } from 'uuid';
import { type Person, TestApp } from '../../../test';
import { SEALED_COLUMNS } from '../../sealed-columns';
import { Config } from '../config';
import { reseal, SecretBox, UnknownSeals } from '.';

const OLD = 'the old secret of this house with 32 characters';
const NEW = 'the new secret of this house with 32 characters';

describe('rotating APP_SECRET', () => {
  let app: TestApp;
  let ada: Person;
  let old: Config;
  let rotated: Config;
  const seeds = async (config: Config) =>
    (await reseal(config, SEALED_COLUMNS)).find(({ table }) => table === 'totp_factors');
  const sealedOf = async (userId: string) =>
    (await app.rows<{ secret: string }>('SELECT secret FROM totp_factors WHERE user_id = $1', [userId]))[0]?.secret ??
    '';

  beforeAll(async () => {
    app = await TestApp.start({ env: { APP_SECRET: OLD } });
    ada = await app.person('Ada');
    old = app.config;
    const env = { DATABASE_URL: old.databaseUrl, DATA_DIR: old.dataDir, APP_SECRET: NEW };
    rotated = new Config({ ...env, APP_SECRET_PREVIOUS: OLD });
    await app.rows(
      `INSERT INTO totp_factors (user_id, secret, created_at, confirmed_at) VALUES ($1, $2, now(), now())`,
      [ada.userId, new SecretBox(old).seal('JBSWY3DPEHPK3PXP', `totp:${ada.userId}`)],
    );
    // More than one batch of them.
    const box = new SecretBox(old);
    const people = Array.from({ length: 620 }, () => v7());
    await app.rows(
      `INSERT INTO users (id, email, name, created_at)
       SELECT id::uuid, id || '@example.com', 'Somebody', now() FROM unnest($1::text[]) AS id`,
      [people],
    );
    await app.rows(
      `INSERT INTO totp_factors (user_id, secret, created_at)
       SELECT id::uuid, secret, now() FROM unnest($1::text[], $2::text[]) AS each (id, secret)`,
      [people, people.map((id) => box.seal('seed', `totp:${id}`))],
    );
  });
  afterAll(() => app?.stop());

  it('seals everything anew, in batches, and opens as before', async () => {
    expect(await seeds(rotated)).toEqual({ table: 'totp_factors', column: 'secret', all: 621, renewed: 621 });
    const onlyNew = new SecretBox(new Config({ DATABASE_URL: old.databaseUrl, APP_SECRET: NEW }));
    expect(onlyNew.open(await sealedOf(ada.userId), `totp:${ada.userId}`)).toBe('JBSWY3DPEHPK3PXP');
    expect(() => new SecretBox(old).open('v1.0.x', 'totp')).toThrow();
  });

  it('done twice changes nothing, and what was left behind is taken up', async () => {
    const before = await sealedOf(ada.userId);
    expect(await seeds(rotated)).toMatchObject({ renewed: 0 });
    expect(await sealedOf(ada.userId)).toBe(before);
    await app.rows('UPDATE totp_factors SET secret = $2 WHERE user_id = $1', [
      ada.userId,
      new SecretBox(old).seal('another', `totp:${ada.userId}`),
    ]);
    expect(await seeds(rotated)).toMatchObject({ all: 621, renewed: 1 });
  });

  it('leaves every table as isolated as it was', async () => {
    const open = await app.rows(
      `SELECT relname FROM pg_class WHERE relnamespace = 'threadline'::regnamespace AND relkind = 'r'
          AND relrowsecurity AND NOT relforcerowsecurity`,
    );
    expect(open).toEqual([]);
  });

  it('stops at once, with everything as it was, when a value opens with no secret', async () => {
    const stranger = new Config({
      DATABASE_URL: old.databaseUrl,
      APP_SECRET: 'somebody else’s secret of 32 characters',
    });
    const before = await sealedOf(ada.userId);
    await expect(reseal(stranger, SEALED_COLUMNS)).rejects.toThrow('its key is not there');
    expect(await sealedOf(ada.userId)).toBe(before);
  });

  it('does not begin while there are sealed values that nobody named', async () => {
    const others = SEALED_COLUMNS.filter(({ table }) => table !== 'totp_factors');
    await expect(reseal(rotated, others)).rejects.toThrow(UnknownSeals);
    await expect(reseal(rotated, others)).rejects.toThrow('totp_factors.secret');
  });
});
