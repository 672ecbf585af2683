import { createHash, generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto';

type Json = Record<string, unknown>;

const USER_PRESENT = 0x01;
const USER_VERIFIED = 0x04;
const CREDENTIAL_INCLUDED = 0x40;

/** A passkey as a device keeps it: makes itself known, and signs what it is asked to. */
export class TestPasskey {
  readonly id = randomBytes(16);
  /** Goes up with each signature; set it back to be a copy of the device. */
  counter = 0;
  /** False for a device that asks its owner for nothing. */
  verifiesUser = true;
  private readonly key: KeyObject;
  private readonly publicKey: KeyObject;
  private userHandle?: string;

  constructor(readonly origin: string) {
    const pair = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    this.key = pair.privateKey;
    this.publicKey = pair.publicKey;
  }

  /** Answers PublicKeyCredentialCreationOptionsJSON. */
  make(options: Json): Json {
    this.userHandle = (options.user as { id: string }).id;
    const credential = Buffer.concat([Buffer.alloc(16), Buffer.from([0, this.id.length]), this.id, this.cose()]);
    const authData = this.authenticatorData(options.rp as { id: string }, CREDENTIAL_INCLUDED, credential);
    const attestation = Buffer.concat([
      Buffer.from([0xa3]),
      text('fmt'),
      text('none'),
      text('attStmt'),
      Buffer.from([0xa0]),
      text('authData'),
      bytes(authData),
    ]);
    return this.answer({
      clientDataJSON: url(this.clientData('webauthn.create', options.challenge)),
      attestationObject: url(attestation),
      transports: ['internal'],
    });
  }

  /** Answers PublicKeyCredentialRequestOptionsJSON. */
  show(options: Json): Json {
    this.counter += 1;
    const authData = this.authenticatorData({ id: String(options.rpId) }, 0);
    const clientData = this.clientData('webauthn.get', options.challenge);
    const signed = Buffer.concat([authData, createHash('sha256').update(clientData).digest()]);
    return this.answer({
      clientDataJSON: url(clientData),
      authenticatorData: url(authData),
      signature: url(sign('sha256', signed, this.key)),
      userHandle: this.userHandle,
    });
  }

  private answer(response: Json): Json {
    return { id: url(this.id), rawId: url(this.id), type: 'public-key', clientExtensionResults: {}, response };
  }

  private clientData(type: string, challenge: unknown): Buffer {
    return Buffer.from(JSON.stringify({ type, challenge, origin: this.origin, crossOrigin: false }));
  }

  private authenticatorData({ id }: { id: string }, more: number, rest = Buffer.alloc(0)): Buffer {
    const flags = USER_PRESENT | (this.verifiesUser ? USER_VERIFIED : 0) | more;
    const head = Buffer.alloc(5);
    head.writeUInt8(flags, 0);
    head.writeUInt32BE(this.counter, 1);
    return Buffer.concat([createHash('sha256').update(id).digest(), head, rest]);
  }

  /** EC2, ES256, P-256, x, y. */
  private cose(): Buffer {
    const { x = '', y = '' } = this.publicKey.export({ format: 'jwk' });
    return Buffer.concat([
      Buffer.from([0xa5, 0x01, 0x02, 0x03, 0x26, 0x20, 0x01, 0x21]),
      bytes(Buffer.from(x, 'base64url')),
      Buffer.from([0x22]),
      bytes(Buffer.from(y, 'base64url')),
    ]);
  }
}

function url(value: Buffer): string {
  return value.toString('base64url');
}

/** CBOR strings of less than 65,536 bytes. */
function string(major: number, value: Buffer): Buffer {
  const size = value.length;
  if (size < 24) return Buffer.concat([Buffer.from([major | size]), value]);
  if (size < 256) return Buffer.concat([Buffer.from([major | 24, size]), value]);
  return Buffer.concat([Buffer.from([major | 25, size >> 8, size & 0xff]), value]);
}

function text(value: string): Buffer {
  return string(0x60, Buffer.from(value));
}

function bytes(value: Buffer): Buffer {
  return string(0x40, value);
}
