import { webcrypto } from 'node:crypto';
import {
  BasicConstraintsExtension,
  type Extension,
  PemConverter,
  SubjectAlternativeNameExtension,
  X509CertificateGenerator,
} from '@peculiar/x509';

const ALGORITHM = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };
const DAY_MS = 86_400_000;

/** A certificate and its key, in PEM, as servers of Node take them. */
export interface ServerCertificate {
  cert: string;
  key: string;
}

interface Wanted {
  /** A name, or an IP address. */
  host: string;
  /** Whole days from now; it began thirty days before. */
  endsInDays?: number;
}

/** An authority of the tests: it is trusted by whoever is told to trust its certificate, and by nobody else. */
export class CertificateAuthority {
  private constructor(
    private readonly name: string,
    private readonly keys: webcrypto.CryptoKeyPair,
    /** In PEM. */
    readonly certificate: string,
  ) {}

  static async make(name: string): Promise<CertificateAuthority> {
    const keys = await newKeys();
    const certificate = await signed({ subject: name, issuer: name, signer: keys.privateKey, holder: keys });
    return new CertificateAuthority(name, keys, certificate);
  }

  /** A certificate that it signs for a server. */
  async issue({ host, endsInDays }: Wanted): Promise<ServerCertificate> {
    const holder = await newKeys();
    const cert = await signed({
      ...{ subject: host, issuer: this.name, signer: this.keys.privateKey, holder, host },
      ...(endsInDays === undefined ? {} : { endsInDays }),
    });
    return { cert, key: await pemOf(holder) };
  }
}

/** A certificate that nobody but its own server signed. */
export async function selfSigned(host: string): Promise<ServerCertificate> {
  const holder = await newKeys();
  const cert = await signed({ subject: host, issuer: host, signer: holder.privateKey, holder, host });
  return { cert, key: await pemOf(holder) };
}

async function signed(wanted: {
  subject: string;
  issuer: string;
  signer: webcrypto.CryptoKey;
  holder: webcrypto.CryptoKeyPair;
  /** Without one it is an authority's. */
  host?: string;
  endsInDays?: number;
}): Promise<string> {
  const { subject, issuer, signer, holder, host, endsInDays = 30 } = wanted;
  const notAfter = Date.now() + endsInDays * DAY_MS;
  const extensions: Extension[] = [new BasicConstraintsExtension(host === undefined, undefined, true)];
  if (host !== undefined) {
    const type = /^[\d.]+$/.test(host) ? 'ip' : 'dns';
    extensions.push(new SubjectAlternativeNameExtension([{ type, value: host }]));
  }
  const made = await X509CertificateGenerator.create({
    subject: `CN=${subject}`,
    issuer: `CN=${issuer}`,
    notBefore: new Date(notAfter - 60 * DAY_MS),
    notAfter: new Date(notAfter),
    signingAlgorithm: ALGORITHM,
    publicKey: holder.publicKey,
    signingKey: signer,
    extensions,
  });
  return made.toString('pem');
}

function newKeys(): Promise<webcrypto.CryptoKeyPair> {
  return webcrypto.subtle.generateKey(ALGORITHM, true, ['sign', 'verify']);
}

async function pemOf({ privateKey }: webcrypto.CryptoKeyPair): Promise<string> {
  return PemConverter.encode(await webcrypto.subtle.exportKey('pkcs8', privateKey), 'PRIVATE KEY');
}
