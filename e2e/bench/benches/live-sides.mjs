import { request } from 'undici';
import { v7 } from 'uuid';

/** One person may have 50 screens; more screens are more people. */
const SCREENS_EACH = 40;
export const SUBSCRIBE = { services: ['leads'], version: 1 };

/** The product with a few leads, and a floor that sends events which look the same, each with its screens listening. */
export async function liveSides(world, { screens, driver, leads: count }) {
  const product = await world.startProduct();
  const leads = [];
  for (let n = 0; n < count; n++) leads.push(await createLead(product, n));
  const event = {
    id: v7(),
    seq: 0,
    type: 'lead.updated',
    workspaceId: product.workspaceId,
    occurredAt: new Date().toISOString(),
    actor: { type: 'user', id: v7() },
    subject: { type: 'lead', id: leads[0].id },
    about: [`lead:${leads[0].id}`],
    data: { lead: leads[0], changed: ['title'] },
  };
  const floor = await world.startFloor('live.floor', { event, leads: leads.map(({ id }) => id) });
  const tokens = await product.service.ask('colleagues', {
    workspaceId: product.workspaceId,
    count: Math.ceil(screens / SCREENS_EACH),
  });
  await product.service.ask('settle');
  const drivers = [world.startDriver(driver), world.startDriver(driver)];
  await drivers[0].ask('open', { port: product.port, tokens, count: screens, request: SUBSCRIBE });
  await drivers[1].ask('open', { port: floor.port, tokens, count: screens, request: SUBSCRIBE });
  return {
    leads,
    product: { ...product, driver: drivers[0] },
    floor: { ...floor, driver: drivers[1] },
    end: async () => {
      const profile = await world.stop(product.service);
      await Promise.all([floor.service, ...drivers].map((one) => world.stop(one)));
      return profile;
    },
  };
}

async function createLead({ port, token }, n) {
  const { statusCode, body } = await request(`http://127.0.0.1:${port}/api/leads`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify({
      name: `Lead ${n}`,
      email: `lead.${n}.${v7()}@example.com`,
      company: 'Example',
      tags: ['spring'],
    }),
  });
  if (statusCode !== 201) throw new Error(`A lead could not be made: ${await body.text()}`);
  return body.json();
}

/** Waits until every screen has heard every stamped event, or nothing new has come for two seconds. */
export async function allHeard(driver, events, screens) {
  let before = -1;
  for (let quiet = 0; quiet < 8;) {
    const answer = await driver.ask('heard');
    const deliveries = answer.heard.reduce((sum, [, times]) => sum + times.length, 0);
    if (deliveries >= events * screens) return { ...answer, deliveries };
    quiet = deliveries === before ? quiet + 1 : 0;
    before = deliveries;
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
  const answer = await driver.ask('heard');
  return { ...answer, deliveries: answer.heard.reduce((sum, [, times]) => sum + times.length, 0) };
}

/** How long each delivery took since its commit. */
export function delaysSince(stamps, heard) {
  const at = new Map(stamps);
  return heard.flatMap(([seq, times]) => (at.has(seq) ? Array.from(times, (time) => time - at.get(seq)) : []));
}
