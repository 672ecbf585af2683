import { createServer, request, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Person, expect, stranger, test } from './world';

/** The server by way of a slow network: answers to refreshes take a while, when asked to. */
class SlowNetwork {
  private waits = 0;
  private readonly server: Server;

  constructor(private readonly target: URL) {
    this.server = createServer((incoming, outgoing) => {
      const { url: path, method, headers } = incoming;
      const { hostname, port } = this.target;
      const passed = request({ hostname, port, path, method, headers }, (answer) => {
        const wait = path === '/api/auth/refresh' ? this.waits : 0;
        setTimeout(() => {
          outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
          answer.pipe(outgoing);
        }, wait);
      });
      passed.on('error', () => outgoing.destroy());
      incoming.pipe(passed);
    });
  }

  /** Answers its address; like the server's own, but for the port. */
  async start(): Promise<string> {
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
    const { port } = this.server.address() as AddressInfo;
    return `${this.target.protocol}//${this.target.hostname}:${port}`;
  }

  slowDown(milliseconds: number): void {
    this.waits = milliseconds;
  }

  stop(): void {
    this.server.close();
    this.server.closeAllConnections();
  }
}

test('a page that is left while its session is renewed does not cost the session', async ({ browser, baseURL }) => {
  const network = new SlowNetwork(new URL(baseURL ?? ''));
  const there = await network.start();
  const nova = new Person(await browser.newContext({ baseURL: there }), stranger());
  const session = async () => (await nova.context.cookies()).find(({ name }) => name === 'threadline')?.value;
  const page = await nova.tab('/register');
  await page.getByRole('textbox', { name: 'Your name' }).fill(nova.account.name);
  await page.getByRole('textbox', { name: 'Workspace' }).fill('Quick Ltd');
  await page.getByRole('textbox', { name: 'E-mail' }).fill(nova.account.email);
  await page.getByRole('textbox', { name: 'Password' }).fill(nova.account.passphrase);
  await page.getByRole('button', { name: 'Create workspace' }).click();
  await expect(page).toHaveURL(/dashboard/);

  const before = await session();
  expect(before).toBeTruthy();
  network.slowDown(1_000);
  const renewal = page.waitForRequest((each) => each.url().endsWith('/api/auth/refresh'));
  await page.goto('/leads');
  await renewal;
  await page.goto('about:blank');
  expect(await session()).toBe(before);
  await expect.poll(session, { message: 'the new cookie arrives without the page' }).not.toBe(before);

  network.slowDown(0);
  await page.goto('/leads');
  await expect(page.getByRole('heading', { name: 'Leads', level: 1 })).toBeVisible();
  await expect(page).toHaveURL(/leads/);
  network.stop();
  await nova.context.close();
});
