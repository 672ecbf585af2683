import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Passkey, PasskeyOffer, Problem, SecondStepDue, SignedIn } from '@threadline/contracts';
import { v7 } from 'uuid';
import { cookieOf, PASSWORD, Person, TestApp, TestPasskey } from '../../../../test';

const ORIGIN = 'http://localhost';
type Options = { options: Record<string, unknown> };

describe('a passkey', () => {
  let app: TestApp;
  let ada: Person;
  let device: TestPasskey;
  let kept: Passkey & { recoveryCodes: string[] | null };

  const optionsToAdd = async (person: Person) =>
    (await person.post<Options>('/api/auth/passkeys/options')).body.options;
  const add = async (person: Person, passkey: TestPasskey, name = 'Laptop') =>
    person.post<typeof kept & Problem>('/api/auth/passkeys', {
      response: passkey.make(await optionsToAdd(person)),
      name,
    });
  const optionsToSignIn = async () => (await app.stranger.post<Options>('/api/auth/passkey/options')).body.options;
  const signIn = (response: object) => app.stranger.post<SignedIn & Problem>('/api/auth/passkey', { response });
  const login = (person: Person) =>
    app.stranger.post<SecondStepDue>('/api/auth/login', { email: person.session?.user.email, password: PASSWORD });
  const optionsOfSecondStep = async (mfaToken: string) =>
    (await app.stranger.post<Options>('/api/auth/mfa/passkey/options', { mfaToken })).body.options;
  const events = (person: Person, type: string) =>
    app.rows<{ data: unknown }>('SELECT data FROM events WHERE workspace_id = $1 AND type = $2 ORDER BY seq', [
      person.workspaceId,
      type,
    ]);

  beforeAll(async () => {
    app = await TestApp.start({ env: { PUBLIC_URL: ORIGIN } });
  });
  afterAll(() => app?.stop());
  beforeEach(async () => {
    ada = await app.person('Ada');
    device = new TestPasskey(ORIGIN);
    const added = await add(ada, device);
    expect(added.status).toBe(201);
    kept = added.body;
  });

  it('is made for the address of the installation, kept with its name, and brings the first recovery codes', async () => {
    expect(kept).toMatchObject({ name: 'Laptop', backedUp: false, lastUsedAt: null });
    expect(kept.recoveryCodes).toHaveLength(10);
    const options = await optionsToAdd(ada);
    expect(options).toMatchObject({
      rp: { id: 'localhost', name: 'Threadline' },
      excludeCredentials: [{ id: device.id.toString('base64url') }],
    });
    const second = await add(ada, new TestPasskey(ORIGIN), 'Phone');
    expect(second.body.recoveryCodes).toBeNull();
    const { body } = await ada.get<{ items: Passkey[] }>('/api/auth/passkeys');
    expect(body.items.map(({ name }) => name)).toEqual(['Laptop', 'Phone']);
    expect((await events(ada, 'user.factor_added')).map(({ data }) => data)).toEqual([
      { userId: ada.userId, kind: 'passkey', name: 'Laptop' },
      { userId: ada.userId, kind: 'passkey', name: 'Phone' },
    ]);
  });

  it('signs in without a password, as two factors', async () => {
    const answer = await signIn(device.show(await optionsToSignIn()));
    expect(answer.status).toBe(200);
    expect(answer.body).toMatchObject({ user: { id: ada.userId }, workspace: { id: ada.workspaceId } });
    expect(cookieOf(answer)).toBeTruthy();
    const [session] = await app.rows(
      'SELECT method, second_factor FROM sessions WHERE user_id = $1 ORDER BY created_at DESC LIMIT 1',
      [ada.userId],
    );
    expect(session).toEqual({ method: 'passkey', second_factor: true });
    const { body } = await ada.get<{ items: Passkey[] }>('/api/auth/passkeys');
    expect(body.items[0]?.lastUsedAt).toBeTruthy();
  });

  it('alone has to know its owner', async () => {
    device.verifiesUser = false;
    const answer = await signIn(device.show(await optionsToSignIn()));
    expect([answer.status, answer.body.code]).toEqual([401, 'invalid_passkey']);
  });

  it('whatever is wrong with a signature, the answer is the same', async () => {
    const id = { 'x-request-id': 'the-same-id' };
    const post = (response: object) => app.stranger.post<Problem>('/api/auth/passkey', { response }, id);
    const unknown = await post(new TestPasskey(ORIGIN).show(await optionsToSignIn()));
    const impostor = new TestPasskey(ORIGIN);
    const forSomebodyElse = (shown: Record<string, unknown>) => ({
      ...shown,
      response: { ...(shown.response as object), userHandle: Buffer.from(v7()).toString('base64url') },
    });
    const wrong: object[] = [
      {
        ...impostor.show(await optionsToSignIn()),
        id: device.id.toString('base64url'),
        rawId: device.id.toString('base64url'),
      },
      device.show({ ...(await optionsToSignIn()), challenge: 'never-asked' }),
      device.show({ ...(await optionsToSignIn()), rpId: 'evil.test' }),
      forSomebodyElse(device.show(await optionsToSignIn())),
      {},
      { id: 7 },
      { id: 'x', rawId: 'x', type: 'public-key', response: {} },
    ];
    expect(unknown.status).toBe(401);
    for (const response of wrong) {
      const answer = await post(response);
      expect([answer.status, answer.body]).toEqual([401, unknown.body]);
    }
    const elsewhere = new TestPasskey('https://evil.test');
    Object.assign(elsewhere, { id: device.id, key: Reflect.get(device, 'key') });
    expect((await post(elsewhere.show(await optionsToSignIn()))).status).toBe(401);
  });

  it('a challenge is signed once, within five minutes, and for what it was asked for', async () => {
    const options = await optionsToSignIn();
    expect((await signIn(device.show(options))).status).toBe(200);
    expect((await signIn(device.show(options))).status).toBe(401);
    const late = await optionsToSignIn();
    app.clock.advance(5 * 60_000 + 1);
    expect((await signIn(device.show(late))).status).toBe(401);
    const { mfaToken } = (await login(ada)).body;
    expect((await signIn(device.show(await optionsOfSecondStep(mfaToken)))).status).toBe(401);
    const prove = await ada.post<{ passkey: Record<string, unknown> }>('/api/auth/prove/options');
    expect((await signIn(device.show(prove.body.passkey))).status).toBe(401);
  });

  it('a counter that went back is a copy, and is refused', async () => {
    for (let n = 0; n < 3; n += 1) expect((await signIn(device.show(await optionsToSignIn()))).status).toBe(200);
    device.counter = 1;
    expect((await signIn(device.show(await optionsToSignIn()))).status).toBe(401);
    const one = device.show(await optionsToSignIn());
    expect((await signIn(one)).status).toBe(401);
    device.counter = 10;
    expect((await signIn(device.show(await optionsToSignIn()))).status).toBe(200);
  });

  it('is a second step after the password, of that sign-in and no other (A24)', async () => {
    const [one, two] = [await login(ada), await login(ada)];
    expect(one.body.methods).toEqual(['passkey', 'recovery_code']);
    const options = await optionsOfSecondStep(one.body.mfaToken);
    expect(options.allowCredentials).toMatchObject([{ id: device.id.toString('base64url') }]);
    const answer = (mfaToken: string, response: object) =>
      app.stranger.post<Problem>('/api/auth/mfa/challenge', { mfaToken, response });
    const crossed = await answer(two.body.mfaToken, device.show(options));
    expect([crossed.status, crossed.body.code]).toEqual([401, 'invalid_passkey']);
    device.verifiesUser = false;
    const right = await answer(one.body.mfaToken, device.show(await optionsOfSecondStep(one.body.mfaToken)));
    expect(right.status).toBe(200);
  });

  it('of somebody else is no second step', async () => {
    const ben = await app.person('Ben');
    const bens = new TestPasskey(ORIGIN);
    await add(ben, bens);
    const { mfaToken } = (await login(ada)).body;
    const response = bens.show(await optionsOfSecondStep(mfaToken));
    expect((await app.stranger.post('/api/auth/mfa/challenge', { mfaToken, response })).status).toBe(401);
  });

  it('is renamed and removed by its owner alone; the last one takes the recovery codes with it', async () => {
    const ben = await app.colleagueOf(ada);
    expect((await ben.patch(`/api/auth/passkeys/${kept.id}`, { name: 'Mine' })).status).toBe(404);
    expect((await ben.delete(`/api/auth/passkeys/${kept.id}`)).status).toBe(404);
    expect((await ada.patch<Passkey>(`/api/auth/passkeys/${kept.id}`, { name: 'Work laptop' })).body.name).toBe(
      'Work laptop',
    );
    expect(await events(ada, 'user.factor_renamed')).toEqual([
      { data: { userId: ada.userId, kind: 'passkey', name: 'Work laptop' } },
    ]);
    expect((await ada.patch(`/api/auth/passkeys/${v7()}`, { name: 'x' })).status).toBe(404);
    expect((await ada.delete(`/api/auth/passkeys/${kept.id}`)).status).toBe(204);
    expect((await signIn(device.show(await optionsToSignIn()))).status).toBe(401);
    expect('accessToken' in (await login(ada)).body).toBe(true);
    expect((await ada.get('/api/auth/mfa')).body).toEqual({ totp: null, passkeys: [], recoveryCodesLeft: 0 });
    expect(await events(ada, 'user.factor_removed')).toEqual([
      { data: { userId: ada.userId, kind: 'passkey', name: 'Work laptop' } },
    ]);
  });

  it('belongs to one account', async () => {
    const ben = await app.person('Ben');
    const again = await add(ben, device);
    expect([again.status, again.body.code]).toEqual([409, 'duplicate']);
  });

  it('is not added from another session’s challenge', async () => {
    const options = await optionsToAdd(ada);
    const ben = await app.person('Ben');
    const response = new TestPasskey(ORIGIN).make(options);
    expect((await ben.post('/api/auth/passkeys', { response, name: 'Mine' })).status).toBe(401);
  });

  it('is offered where browsers make them, and the reason is told where they do not', async () => {
    const offer = await app.stranger.get<PasskeyOffer>('/api/auth/passkey');
    expect(offer.body).toEqual({ offered: true, origin: ORIGIN, reason: null });
    const numbered = await TestApp.start();
    try {
      const refused = await numbered.stranger.get<PasskeyOffer>('/api/auth/passkey');
      expect(refused.body).toMatchObject({ offered: false, reason: 'address_is_a_number' });
      const person = await numbered.person();
      expect((await person.post<Problem>('/api/auth/passkeys/options')).body.code).toBe('wrong_state');
      expect((await numbered.stranger.post<Problem>('/api/auth/passkey/options')).body.code).toBe('wrong_state');
    } finally {
      await numbered.stop();
    }
  });
});
