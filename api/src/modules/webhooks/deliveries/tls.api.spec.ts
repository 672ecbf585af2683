import type { ServerOptions } from 'node:https';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { type Person, TestApp } from '../../../../test';
import { CertificateAuthority, selfSigned } from '../../../../test/certificates';
import { deliveriesOf, hookOf, raise, REACHING } from '../test-hooks';
import { Receiver } from '../test-receiver';

const HOST = '127.0.0.1';
/** TLS as it was until 2008; OpenSSL takes part in it only when it is told to ask for less. */
const OLD: ServerOptions = { minVersion: 'TLSv1', ciphers: 'DEFAULT@SECLEVEL=0' };

interface Case {
  shows: string;
  tls: () => Promise<ServerOptions>;
  told: string;
}

describe('receivers whose TLS does not hold', () => {
  const usual = getCACertificates('default');
  let app: TestApp;
  let ada: Person;
  let authority: CertificateAuthority;
  let healthy: Receiver;
  let broken: Receiver;

  beforeAll(async () => {
    app = await TestApp.start(REACHING);
    authority = await CertificateAuthority.make('An authority that is trusted');
    setDefaultCACertificates([...usual, authority.certificate]);
  });
  afterAll(async () => {
    setDefaultCACertificates(usual);
    await app.stop();
  });
  beforeEach(async () => {
    ada = await app.person();
    healthy = await Receiver.start(undefined, await authority.issue({ host: HOST }));
  });
  afterEach(() => Promise.all([healthy.stop(), broken.stop()]));

  it.each<Case>([
    {
      shows: 'a certificate that it signed itself',
      tls: () => selfSigned(HOST),
      told: 'The certificate of the server is signed by the server itself, so nobody vouches for it. Put in one from a public certificate authority.',
    },
    {
      shows: 'a certificate that has expired',
      tls: () => authority.issue({ host: HOST, endsInDays: -1 }),
      told: 'The certificate of the server has expired. Renew it there; what waits here is then delivered by itself.',
    },
    {
      shows: 'a certificate that has not begun',
      tls: () => authority.issue({ host: HOST, endsInDays: 90 }),
      told: 'The certificate of the server is not valid yet. Wait for the day on which it begins, or put in one that has begun.',
    },
    {
      shows: 'a certificate for another name',
      tls: () => authority.issue({ host: 'elsewhere.example' }),
      told: 'The certificate of the server is for another name. Put in one for the host in this address, or use the name that it is for.',
    },
    {
      shows: 'a certificate of an authority that nobody knows',
      tls: async () => (await CertificateAuthority.make('An authority that nobody knows')).issue({ host: HOST }),
      told: 'The certificate of the server comes from an authority that is not trusted here, or without the certificates in between. Send the whole chain, from a public certificate authority.',
    },
    ...(['TLSv1', 'TLSv1.1'] as const).map((maxVersion) => ({
      shows: `a good certificate, but over ${maxVersion} only,`,
      tls: async () => ({ ...(await authority.issue({ host: HOST })), ...OLD, maxVersion }),
      told: 'The server offers only versions of TLS that are no longer safe. Switch on TLS 1.2 or 1.3 there.',
    })),
  ])('A86: who shows $shows gets nothing, is told why, and gets it by the schedule once mended', async (wrong) => {
    broken = await Receiver.start(undefined, await wrong.tls());
    const [hook, well] = [await hookOf(ada, broken.url), await hookOf(ada, healthy.url)];
    await raise(ada);
    await app.settle();
    const [waiting] = await deliveriesOf(ada, hook.id);
    expect(waiting).toMatchObject({ status: 'pending', attempts: [{ responseStatus: null, error: wrong.told }] });
    expect(Date.parse(waiting?.nextAttemptAt ?? '')).toBeGreaterThan(app.clock.millis());
    expect([broken.take(), healthy.take().length]).toEqual([[], 1]);
    expect(await deliveriesOf(ada, well.id)).toMatchObject([{ status: 'delivered', attempts: [{}] }]);
    broken.presents({ ...(await authority.issue({ host: HOST })) });
    app.clock.advance(10_000);
    await app.settle();
    expect(await deliveriesOf(ada, hook.id)).toMatchObject([{ status: 'delivered', attempts: [{}, {}] }]);
    expect([broken.take().length, healthy.take().length]).toEqual([1, 0]);
  });

  it('A86: who speaks plain HTTP where HTTPS was asked for gets nothing either', async () => {
    broken = await Receiver.start();
    const hook = await hookOf(ada, broken.url.replace('http:', 'https:'));
    await raise(ada);
    await app.settle();
    const told = 'The server does not speak TLS at this port. Correct the port, or switch TLS on there.';
    expect(await deliveriesOf(ada, hook.id)).toMatchObject([{ status: 'pending', attempts: [{ error: told }] }]);
    expect(broken.take()).toEqual([]);
  });
});
