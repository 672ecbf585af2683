// The real application with a handle for benches: what cannot be asked over HTTP, as many sign-ins at once, units of
// work without a request, and when each commit was made.
import 'reflect-metadata';
import { createApp } from '../../../api/src/app.ts';
import { Registration, Sessions } from '../../../api/src/modules/auth/index.ts';
import { LinkSeal } from '../../../api/src/modules/tracking/ticket.rules.ts';
import { systemActor } from '../../../api/src/platform/access/index.ts';
import { Keys, parseConfig } from '../../../api/src/platform/config/index.ts';
import { Readiness } from '../../../api/src/platform/health/index.ts';
import { LogRelay } from '../../../api/src/platform/relay/index.ts';
import { Settling, UnitOfWork } from '../../../api/src/platform/work/index.ts';
import { answering, now } from '../ground/answering.mjs';

const config = parseConfig();
const PASSWORD = 'correct horse battery staple';
const BEGINNING = { method: 'password', secondFactor: false, userAgent: null, ip: null };
const stamps = new Map();
let app;
let people = 0;

const of = (type) => app.get(type, { strict: false });

answering({
  /** Serves, with a workspace of its own; answers that and its owner's token. */
  async serve() {
    app = await createApp(config);
    await app.listen(config.port, config.host);
    of(Readiness).open();
    stampCommits();
    return person();
  },
  /** Tokens of colleagues in a workspace. */
  async colleagues({ workspaceId, count }) {
    return of(UnitOfWork).run(systemActor(workspaceId, 'bench'), async (tx) => {
      const tokens = [];
      for (let n = 0; n < count; n++) {
        const user = await of(Registration).addPerson(tx, newPerson(), 'agent');
        tokens.push((await of(Sessions).start(tx, user.id, BEGINNING)).accessToken);
      }
      return tokens;
    });
  },
  seal: ({ links }) => {
    const seal = new LinkSeal(of(Keys).derive('tracking'));
    return links.map(({ trackingId, url }) => seal.seal(trackingId, { index: 1, url }));
  },
  /** Waits until no background work is left. */
  settle: () => of(Settling).settle(),
  append,
  appendEvery,
  /** When each event since the last time was committed, by its seq, on the shared clock. */
  stamps() {
    const taken = [...stamps];
    stamps.clear();
    return taken;
  },
});

/** @returns a workspace and its owner's token */
async function person() {
  const { workspace, user } = await of(Registration).createWorkspace(newPerson(), { name: 'Bench', demo: false });
  const { accessToken } = await of(UnitOfWork).run(systemActor(workspace.id, 'bench'), (tx) =>
    of(Sessions).start(tx, user.id, BEGINNING),
  );
  return { workspaceId: workspace.id, token: accessToken };
}

function newPerson() {
  return { email: `bench.${process.pid}.${++people}@example.com`, password: PASSWORD, name: `Bench ${people}` };
}

/** Notes the moment at which a unit of work hands its events over, which is right after its commit. */
function stampCommits() {
  const relay = of(LogRelay);
  const committed = relay.committed.bind(relay);
  relay.committed = (workspaceId, events) => {
    const at = now();
    for (const event of events) stamps.set(event.seq, at);
    committed(workspaceId, events);
  };
}

const updated = (lead) => ({
  type: 'lead.updated',
  subject: { type: 'lead', id: lead.id },
  about: [`lead:${lead.id}`],
  data: { lead, changed: ['title'] },
});

/** So many callers that append one event after the other, in turn through the workspaces, for so long. */
async function append({ workspaces, callers, ms, lead }) {
  const work = of(UnitOfWork);
  const end = now() + ms;
  const begun = now();
  const latencies = [];
  let next = 0;
  await Promise.all(
    Array.from({ length: callers }, async () => {
      while (now() < end) {
        const actor = systemActor(workspaces[next++ % workspaces.length], 'bench');
        const at = now();
        await work.run(actor, async (tx) => void tx.append(updated(lead)));
        latencies.push(now() - at);
      }
    }),
  );
  stamps.clear();
  return { latencies: Float64Array.from(latencies), ms: now() - begun };
}

/** Appends an event so many times a second, each in a commit of its own. */
async function appendEvery({ workspaceId, perSecond, count, lead }) {
  const work = of(UnitOfWork);
  const actor = systemActor(workspaceId, 'bench');
  const begun = now();
  const pending = [];
  await new Promise((resolve) => {
    const timer = setInterval(() => {
      const due = Math.min(count, Math.floor(((now() - begun) * perSecond) / 1000));
      while (pending.length < due) pending.push(work.run(actor, async (tx) => void tx.append(updated(lead))));
      if (pending.length < count) return;
      clearInterval(timer);
      resolve();
    }, 1);
  });
  await Promise.all(pending);
}
