import { Injectable } from '@nestjs/common';
import { type Passkey, ref } from '@threadline/contracts';
import type { AuthenticationResponseJSON, RegistrationResponseJSON } from '@simplewebauthn/server';
import { v7 } from 'uuid';
import { type Actor, memberBehind } from '../../../platform/access';
import { databaseRefusal, isDuplicate, SystemDatabase } from '../../../platform/database';
import { Refusal } from '../../../platform/refusal';
import { type Tx, UnitOfWork } from '../../../platform/work';
import { proveFirst } from '../../accounts';
import { Codes, newRecoveryCodes } from '../codes/codes.service';
import { Factors, whose } from '../factors.service';
import { PasskeyChallenges, type Purpose } from './passkey-challenges';
import { type PasskeyRow, passkeysOf } from './passkey-rows';
import { RelyingParty } from './relying-party';

type Json = Record<string, unknown>;

/** With its certificates it takes a quarter of a second to load: the first who uses a passkey waits, not every start. */
const webAuthn = () => import('@simplewebauthn/server');

/** A signature that was found good; its counter is still to be kept in the unit of work that believes it. */
export interface Shown {
  passkey: PasskeyRow;
  counter: number;
  backedUp: boolean;
}

/** Passkeys (WebAuthn): adding, renaming, removing, and checking what they sign. */
@Injectable()
export class Passkeys {
  constructor(
    private readonly party: RelyingParty,
    private readonly challenges: PasskeyChallenges,
    private readonly database: SystemDatabase,
    private readonly work: UnitOfWork,
    private readonly factors: Factors,
    private readonly codes: Codes,
  ) {}

  /** What the browser needs to make a passkey for the signed-in person. */
  async askToAdd(actor: Actor): Promise<Json> {
    this.party.mustOffer();
    const { userId, sessionId } = whose(actor);
    const [person] = await this.database.query<{ email: string; name: string }>(
      'SELECT email, name FROM users WHERE id = $1',
      [userId],
    );
    if (!person) throw new Refusal('not_found');
    const known = await this.rows('user_id = $1', userId);
    const { generateRegistrationOptions } = await webAuthn();
    const options = await generateRegistrationOptions({
      rpName: 'Threadline',
      rpID: this.party.id,
      userID: new Uint8Array(Buffer.from(userId)),
      userName: person.email,
      userDisplayName: person.name,
      excludeCredentials: known.map((row) => ({ id: row.credential_id, transports: row.transports })),
      authenticatorSelection: { residentKey: 'preferred', userVerification: 'preferred' },
    });
    await this.challenges.keep(options.challenge, 'add', sessionId);
    return { ...options };
  }

  /**
   * Keeps the passkey that the browser made. With the first factor of an account come its recovery codes.
   * @throws Refusal `invalid_passkey`, `duplicate`
   */
  async add(actor: Actor, response: Json, name: string): Promise<Passkey & { recoveryCodes: string[] | null }> {
    const { userId, sessionId } = whose(actor);
    const { credential, credentialBackedUp } = await this.checkNew(response, sessionId);
    const passkey: Passkey = { id: v7(), name, createdAt: '', lastUsedAt: null, backedUp: credentialBackedUp };
    const recoveryCodes = (await this.factors.stepsOf(userId)).length === 0 ? newRecoveryCodes() : null;
    await this.work.run(actor, async (tx) => {
      passkey.createdAt = tx.now.toISOString();
      await this.insert(tx, [
        passkey.id,
        userId,
        credential.id,
        Buffer.from(credential.publicKey),
        credential.counter,
        credential.transports ?? [],
        name,
        credentialBackedUp,
        tx.now,
      ]);
      if (recoveryCodes) await this.codes.renewRecoveryCodes(tx, userId, recoveryCodes);
      await this.factors.added(tx, 'passkey', name);
    });
    await this.factors.endElsewhere(actor);
    return { ...passkey, recoveryCodes };
  }

  /** @throws Refusal `not_found`, `proof_required` where nothing but an identity provider's word asks for it */
  rename(actor: Actor, id: string, name: string): Promise<Passkey> {
    if (actor.vouchedOnly) throw proveFirst();
    const userId = memberBehind(actor);
    return this.work.run(actor, async (tx) => {
      const before = (await passkeysOf(tx, userId)).find((passkey) => passkey.id === id);
      if (!before) throw new Refusal('not_found');
      await tx.query('UPDATE passkeys SET name = $3 WHERE id = $1 AND user_id = $2', [id, userId, name]);
      tx.append({
        type: 'user.factor_renamed',
        subject: { type: 'user', id: userId },
        about: [ref('user', userId)],
        data: { userId, kind: 'passkey', name },
        before: { name: before.name },
      });
      return { ...before, name };
    });
  }

  /** @throws Refusal `not_found` */
  async remove(actor: Actor, id: string): Promise<void> {
    const userId = memberBehind(actor);
    await this.work.run(actor, async (tx) => {
      const [gone] = await tx.query<{ name: string }>(
        'WITH done AS (DELETE FROM passkeys WHERE id = $1 AND user_id = $2 RETURNING name) SELECT name FROM done',
        [id, userId],
      );
      if (!gone) throw new Refusal('not_found');
      const { last } = await this.factors.removed(tx, 'passkey', gone.name);
      if (last) await this.codes.forgetRecoveryCodes(tx, userId);
    });
    await this.factors.endElsewhere(actor);
  }

  /** What the browser needs to sign: with one of a person's passkeys, or with any that it finds (no person named). */
  async ask(purpose: Exclude<Purpose, 'add'>, boundTo: string | null, userId?: string): Promise<Json> {
    this.party.mustOffer();
    const known = userId === undefined ? [] : await this.rows('user_id = $1', userId);
    const { generateAuthenticationOptions } = await webAuthn();
    const options = await generateAuthenticationOptions({
      rpID: this.party.id,
      allowCredentials: known.map((row) => ({ id: row.credential_id, transports: row.transports })),
      userVerification: userId === undefined ? 'required' : 'preferred',
    });
    await this.challenges.keep(options.challenge, purpose, boundTo);
    return { ...options };
  }

  /**
   * Checks a signature. Alone it has to say that the device knew its owner; beside a password or a live session, having
   * the device is the second factor. An unknown passkey, another person's, a wrong signature, a used challenge and a
   * counter that went back get one answer.
   * @throws Refusal `invalid_passkey`
   */
  async check(
    response: Json,
    purpose: Exclude<Purpose, 'add'>,
    boundTo: string | null,
    userId?: string,
  ): Promise<Shown> {
    const [passkey] = await this.rows('credential_id = $1', typeof response.id === 'string' ? response.id : '');
    const mine =
      passkey && (userId === undefined || passkey.user_id === userId) && isOf(response, passkey) ? passkey : undefined;
    // An unknown one uses its challenge up too.
    const credential = {
      id: mine?.credential_id ?? '',
      publicKey: new Uint8Array(mine?.public_key ?? []),
      counter: Number(mine?.counter ?? 0),
    };
    const { verifyAuthenticationResponse } = await webAuthn();
    const found = await verifyAuthenticationResponse({
      response: response as unknown as AuthenticationResponseJSON,
      expectedChallenge: (challenge) => this.challenges.take(challenge, purpose, boundTo),
      expectedOrigin: this.party.origin,
      expectedRPID: this.party.id,
      credential,
      requireUserVerification: userId === undefined,
    }).catch(refused);
    if (!mine || !found.verified) throw new Refusal('invalid_passkey');
    const { newCounter, credentialBackedUp } = found.authenticationInfo;
    return { passkey: mine, counter: newCounter, backedUp: credentialBackedUp };
  }

  /** Whose passkey a response names, whether its signature is right or not. */
  async ownerOf(response: Json): Promise<string | undefined> {
    const [passkey] = await this.rows('credential_id = $1', typeof response.id === 'string' ? response.id : '');
    return passkey?.user_id;
  }

  /** Keeps the counter of a signature, which only goes up: the same signature twice is refused here at the latest. */
  async accept(tx: Tx, { passkey, counter, backedUp }: Shown): Promise<void> {
    const kept = await tx.query(
      `WITH done AS (
         UPDATE passkeys SET counter = $2, last_used_at = $3, backed_up = $4
          WHERE id = $1 AND (counter < $2 OR (counter = 0 AND $2 = 0)) RETURNING id
       ) SELECT id FROM done`,
      [passkey.id, counter, tx.now, backedUp],
    );
    if (kept.length === 0) throw new Refusal('invalid_passkey');
  }

  private async checkNew(response: Json, sessionId: string) {
    const { verifyRegistrationResponse } = await webAuthn();
    const made = await verifyRegistrationResponse({
      response: response as unknown as RegistrationResponseJSON,
      expectedChallenge: (challenge) => this.challenges.take(challenge, 'add', sessionId),
      expectedOrigin: this.party.origin,
      expectedRPID: this.party.id,
      requireUserVerification: false,
    }).catch(refused);
    if (!made.verified) throw new Refusal('invalid_passkey');
    return made.registrationInfo;
  }

  private async insert(tx: Tx, values: unknown[]): Promise<void> {
    try {
      await tx.query(
        `INSERT INTO passkeys (id, user_id, credential_id, public_key, counter, transports, name, backed_up, created_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
        values,
      );
    } catch (error) {
      throw isDuplicate(error, 'passkeys_credential') ? new Refusal('duplicate') : error;
    }
  }

  private rows(condition: string, value: string): Promise<PasskeyRow[]> {
    return this.database.query<PasskeyRow>(
      `SELECT id, user_id, credential_id, public_key, counter, transports, name FROM passkeys WHERE ${condition}`,
      [value],
    );
  }
}

/** The library says in many words what is wrong with a response; the caller hears one. */
function refused(error: unknown): never {
  throw databaseRefusal(error) ? error : new Refusal('invalid_passkey');
}

/** Whether the device says that it made the passkey for this person, if it says for whom (WebAuthn 7.2, step 6). */
function isOf({ response }: Json, { user_id: userId }: PasskeyRow): boolean {
  const handle = (response as { userHandle?: unknown } | undefined)?.userHandle;
  return handle === undefined || handle === null || handle === Buffer.from(userId).toString('base64url');
}
