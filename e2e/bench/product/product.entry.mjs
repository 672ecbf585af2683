// The real application with a handle for benches: what cannot be asked over HTTP, as many sign-ins at once, units of
// work without a request, and when each commit was made.
import 'reflect-metadata';
import { v7 } from 'uuid';
import { createApp } from '../../../api/src/app.ts';
import { Registration, Sessions } from '../../../api/src/modules/auth/index.ts';
import { LinkSeal } from '../../../api/src/modules/tracking/ticket.rules.ts';
import { systemActor } from '../../../api/src/platform/access/index.ts';
import { AuditTrail, noteOf } from '../../../api/src/platform/audit/index.ts';
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
  token,
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
  appendMany,
  fillAudit,
  auditing,
  /** When each event since the last time was committed, by its seq, on the shared clock. */
  stamps() {
    const taken = [...stamps];
    stamps.clear();
    return taken;
  },
});

/** @returns a workspace, its owner and the owner's token */
async function person() {
  const { workspace, user } = await of(Registration).createWorkspace(newPerson(), { name: 'Bench', demo: false });
  const owner = { workspaceId: workspace.id, userId: user.id };
  return { ...owner, token: await token(owner) };
}

/** A new one, good for some minutes. */
async function token({ workspaceId, userId }) {
  const { accessToken } = await of(UnitOfWork).run(systemActor(workspaceId, 'bench'), (tx) =>
    of(Sessions).start(tx, userId, BEGINNING),
  );
  return accessToken;
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

/** Somebody of a workspace, as an actor. */
const somebody = (workspaceId, id, name) => ({ ...systemActor(workspaceId, 'bench'), type: 'user', id, name });

/**
 * So many entries in a workspace's audit log, by 50 people about 5,000 leads over two months, as the product writes
 * them: sealed, chained, a hundredth of them denials. Answers a person and a lead among them.
 */
async function fillAudit({ workspaceId, count }) {
  const [users, leads] = [50, 5_000].map((length) => Array.from({ length }, () => v7()));
  const actions = ['lead.updated', 'message.sent', 'message.opened', 'draft.saved'];
  const begun = Date.now() - 60 * 86_400_000;
  for (let from = 0; from < count; from += 2_000) {
    await of(UnitOfWork).run(systemActor(workspaceId, 'bench'), async (tx) => {
      for (let n = from; n < Math.min(count, from + 2_000); n++) {
        const at = new Date(begun + Math.floor((n / count) * 60 * 86_400_000));
        const denied = n % 100 === 0;
        tx.at(at, somebody(workspaceId, users[n % 50], `Person ${n % 50}`)).note({
          action: denied ? 'access.denied' : actions[n % 4],
          outcome: denied ? 'denied' : 'allowed',
          targets: [`lead:${leads[n % 5_000]}`],
          changes: [{ field: 'title', before: `Title ${n}`, after: `Title ${n + 1}` }],
        });
      }
    });
  }
  return { userId: users[7], leadId: leads[7] };
}

/** What the process does for the audit entry of a command, so many times: microseconds of CPU, and one such row. */
async function auditing({ workspaceId, count, lead }) {
  const trail = of(AuditTrail);
  const actor = somebody(workspaceId, v7(), 'Bench');
  return of(UnitOfWork).run(actor, async (tx) => {
    const prepared = async () => {
      const about = {
        id: v7(),
        seq: 0,
        workspaceId,
        occurredAt: tx.now.toISOString(),
        actor: { type: 'user', id: actor.id },
      };
      const note = noteOf({ ...about, ...updated(lead) }, actor, { title: 'Director' });
      return trail.prepare(tx.query, workspaceId, [note]);
    };
    const first = await prepared();
    first.committed();
    for (let n = 0; n < 500; n++) await prepared();
    const before = process.cpuUsage();
    for (let n = 0; n < count; n++) await prepared();
    const { user, system } = process.cpuUsage(before);
    return { cpu: (user + system) / count, rows: first.rows };
  });
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

/** Appends so many events, fifty in a commit. */
async function appendMany({ workspaceId, count, lead }) {
  const actor = systemActor(workspaceId, 'bench');
  for (let from = 0; from < count; from += 50) {
    await of(UnitOfWork).run(actor, async (tx) => {
      for (let n = from; n < Math.min(count, from + 50); n++) tx.append(updated(lead));
    });
  }
}
