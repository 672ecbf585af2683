// A real OpenID Connect provider on loopback, for specs and journeys: any password signs in, the login is the subject.
import { createServer } from 'node:http';
import { Provider } from 'oidc-provider';

/**
 * Starts it. `people` says what it knows of each login, and may be changed while it runs.
 * @param {{ redirectUri: string, people?: Record<string, Record<string, unknown>> }} options
 */
export async function startIdentityProvider({ redirectUri, people = {} }) {
  const server = createServer();
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  const issuer = `http://127.0.0.1:${server.address().port}`;
  const client = { clientId: 'threadline', clientSecret: 'a-secret-of-the-test-client-32-chars' };
  const provider = new Provider(issuer, {
    clients: [
      {
        client_id: client.clientId,
        client_secret: client.clientSecret,
        redirect_uris: [redirectUri],
        grant_types: ['authorization_code'],
        response_types: ['code'],
      },
    ],
    cookies: { keys: ['only for tests'] },
    pkce: { required: () => true },
    claims: { openid: ['sub'], email: ['email', 'email_verified'], profile: ['name', 'groups', 'amr'] },
    findAccount: (_, login) => ({
      accountId: login,
      claims: () => ({ sub: login, ...people[login] }),
    }),
  });
  const answer = provider.callback();
  const running = {
    issuer,
    ...client,
    people,
    requests: [],
    intercept: null,
    visit,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(resolve);
      }),
  };
  server.on('request', (request, response) => {
    running.requests.push(request.url);
    if (!running.intercept?.(request, response)) void answer(request, response);
  });
  return running;
}

/**
 * Does what a browser does at the provider: signs in and agrees. Answers where the browser is sent in the end.
 * @param {string} url of the provider's authorization endpoint
 * @param {string} login
 */
async function visit(url, login) {
  const jar = new Map();
  let next = { url, body: undefined };
  const { origin } = new URL(url);
  for (let step = 0; step < 20; step += 1) {
    const answer = await fetch(next.url, {
      method: next.body ? 'POST' : 'GET',
      body: next.body,
      redirect: 'manual',
      headers: { cookie: [...jar].map(([name, value]) => `${name}=${value}`).join('; ') },
    });
    for (const line of answer.headers.getSetCookie()) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      if (value) jar.set(name, value);
      else jar.delete(name);
    }
    const location = answer.headers.get('location');
    const text = await answer.text();
    if (location) {
      next = { url: new URL(location, next.url).href, body: undefined };
      if (new URL(next.url).origin !== origin) return next.url;
    } else {
      const action = /<form[^>]*action="([^"]+)"/.exec(text)?.[1];
      const prompt = /name="prompt" value="(\w+)"/.exec(text)?.[1];
      if (!action || !prompt) throw new Error(`The provider answered ${answer.status}: ${text.slice(0, 300)}`);
      next = { url: new URL(action, next.url).href, body: new URLSearchParams({ prompt, login, password: 'any' }) };
    }
  }
  throw new Error('The provider goes round in circles');
}
