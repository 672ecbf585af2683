import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { REF_KINDS } from '@threadline/contracts';
import { v7 } from 'uuid';
import { type Person, TestApp } from '../../../test';
import { AuditTrail } from '../../platform/audit';
import { systemActor } from '../../platform/access';
import { UnitOfWork } from '../../platform/work';
import { AuditQueries } from './audit.queries';

const BLOCK = 512;
/** Three full blocks, and a rest. */
const MANY = 1_800;
const FILTERS = 120;
const BEGUN = Date.UTC(2026, 8, 20);
const MINUTE = 60_000;
const LONG = 'x'.repeat(45);

/** As an entry is chained, and what only a column says of it. */
interface Written {
  seq: number;
  at: number;
  action: string;
  outcome: string;
  actor: string;
  targets: string[];
  ip: string | null;
  requestId: string | null;
  reason: string | null;
  changes: { field: string; before: unknown; after: unknown }[];
}
type Params = Partial<
  Record<
    'actorId' | 'outcome' | 'action' | 'targetType' | 'targetId' | 'from' | 'to' | 'ip' | 'requestId' | 'q',
    string
  >
>;

/** Always the same numbers between 0 and 1 (mulberry32), so that a failure can be looked at again. */
function numbers(seed: number): () => number {
  return () => {
    seed = (seed + 0x6d2b79f5) | 0;
    let t = Math.imul(seed ^ (seed >>> 15), 1 | seed);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}
const next = numbers(20_261_121);
const below = (count: number) => Math.floor(next() * count);
const one = <T>(list: readonly T[]): T => list[below(list.length)] as T;
const sometimes = (share: number) => next() < share;

const ACTORS = ['p-1', 'p-2', 'p-3', 'api_key-1', 'threadline'];
const ACTIONS = ['lead.updated', 'lead.created', 'message.sent', 'api_key.created', 'apiikey.created', 'access.denied'];
const TARGETS = ['lead:l-1', 'lead:l-2', 'lead:l-3', 'conversation:c-1', 'draft:l-1', 'team:t-1'];
const IPS = ['10.0.0.1', '10.0.0.2', '2001:db8::1'];
const REQUESTS = ['r-1', 'r-2', 'r-3', 'r-4'];
const WORDS = [
  'Nörth',
  'North-West',
  'south',
  'Größe',
  'denied',
  'lead',
  LONG,
  `${LONG}y`,
  '42177530',
  'a_b',
  "O'Neill",
];

/** Cut as README says of the index: without case and accents, at everything that is neither letter nor digit. */
function wordsOf(text: string): string[] {
  const plain = text
    .normalize('NFKD')
    .replace(/[\u0300-\u036f]/g, '')
    .toLowerCase();
  return plain.split(/[^\p{L}\p{N}]+/u).filter((word) => word !== '');
}
const allWords = ({ action, outcome, reason, changes }: Written): Set<string> => {
  const plain = reason === null && changes.length === 0 ? '' : `${reason ?? ''} ${JSON.stringify(changes)}`;
  return new Set([...wordsOf(`${action} ${outcome}`), ...wordsOf(plain)].map((word) => word.slice(0, 40)));
};

describe('what is found in the audit log', () => {
  let app: TestApp;
  let ada: Person;
  const written: Written[] = [];

  beforeAll(async () => {
    app = await TestApp.start();
    ada = await app.person('Ada');
    const [head] = await app.rows<{ size: string }>('SELECT size FROM audit_heads WHERE workspace_id = $1', [
      ada.workspaceId,
    ]);
    const begun = Number(head?.size);
    for (let n = 1; n <= MANY; n++) {
      written.push({
        seq: begun + n,
        // Not always in the order of their numbers, as hits come in.
        at: BEGUN + n * 40 * MINUTE - below(20) * 60 * MINUTE,
        action: `${one(ACTIONS)}.v${1 + below(2)}`,
        outcome: sometimes(0.1) ? one(['denied', 'failed']) : 'allowed',
        actor: sometimes(0.02) ? ada.userId : one(ACTORS),
        targets: Array.from({ length: below(3) }, () => (sometimes(0.02) ? `user:${ada.userId}` : one(TARGETS))),
        ip: sometimes(0.5) ? one(IPS) : null,
        requestId: sometimes(0.1) ? one(REQUESTS) : null,
        reason: sometimes(0.1) ? `rule:${one(WORDS)}` : null,
        changes: sometimes(0.1) ? [{ field: 'name', before: one(WORDS), after: `${one(WORDS)} ${one(WORDS)}` }] : [],
      });
    }
    await app.rows('SELECT append_audit($1, $2::jsonb)', [ada.workspaceId, JSON.stringify(written.map(row))]);
  }, 60_000);
  afterAll(() => app?.stop());

  function row({ seq: _, at, action, outcome, actor, targets, ip, requestId, reason, changes }: Written) {
    const [id, occurredAt] = [v7(), new Date(at).toISOString()];
    const words = (part: object) => JSON.stringify(part).slice(1, -1);
    const before = { action, actor: { credential: null, id: actor, type: 'user' }, changes, id, occurredAt, outcome };
    return {
      before: `{${words({ ...before, personal: {}, reason, requestId })},"seq":`,
      after: `,${words({ targets, v: 1, workspaceId: ada.workspaceId })}}`,
      id,
      occurred_at: occurredAt,
      action,
      outcome,
      actor_id: actor,
      targets,
      request_id: requestId,
      ip_hash: ip === null ? null : app.get(AuditTrail).ipHash(ip),
    };
  }

  /** By a word: exactly, or by all of its pieces; Ada is known by her name. */
  function means(entry: Written, word: string): boolean {
    const people = [word, ...('ada'.includes(word.toLowerCase()) ? [ada.userId] : [])];
    const pieces = wordsOf(word).map((piece) => piece.slice(0, 40));
    return (
      people.some((id) => entry.actor === id || entry.targets.includes(`user:${id}`)) ||
      entry.ip === word ||
      entry.requestId === word ||
      entry.targets.some((target) => target === word || target.slice(target.indexOf(':') + 1) === word) ||
      (/^[a-z_]+\.[a-z_.]+/i.test(word) && entry.action.startsWith(word.toLowerCase())) ||
      (pieces.length > 0 &&
        pieces.length <= 3 &&
        pieces.every((piece) => [...allWords(entry)].some((each) => each.startsWith(piece))))
    );
  }

  function has(entry: Written, { actorId, outcome, action, targetType, targetId, from, to, ip, requestId, q }: Params) {
    const kinds = targetType === undefined ? REF_KINDS : [targetType];
    const target = (each: string) =>
      kinds.some((kind) => (targetId === undefined ? each.startsWith(`${kind}:`) : each === `${kind}:${targetId}`));
    return (
      (actorId === undefined || entry.actor === actorId) &&
      (outcome === undefined || entry.outcome === outcome) &&
      (action === undefined || entry.action === action || entry.action.startsWith(`${action.replace(/\.\*$/, '')}.`)) &&
      ((targetType === undefined && targetId === undefined) || entry.targets.some(target)) &&
      (from === undefined || entry.at >= Date.parse(from)) &&
      (to === undefined || entry.at < Date.parse(to)) &&
      (ip === undefined || entry.ip === ip) &&
      (requestId === undefined || entry.requestId === requestId) &&
      (q ?? '')
        .split(/\s+/)
        .filter((word) => word !== '')
        .every((word) => means(entry, word))
    );
  }

  const word = () =>
    one([
      () => one(WORDS).slice(0, one([2, 4, 60])),
      () => one([...ACTORS, ...IPS, ...REQUESTS, ...ACTIONS]),
      () => one(['ad', 'l-1', 'lead:l-1', 'api_key', 'access', 'updated', 'rule:south', 'none-of-it', '...']),
    ])();
  const time = () => new Date(BEGUN + below(MANY * 40 + 2_000) * MINUTE - 1_000 * MINUTE).toISOString();

  /** A few at random, seldom more than three at once, so that there is mostly something to find. */
  function anyParams(): Params {
    const share = one([0.1, 0.2, 0.35]);
    const some = (name: keyof Params, value: () => string): Params => (sometimes(share) ? { [name]: value() } : {});
    return {
      ...some('actorId', () => one([...ACTORS, ada.userId, 'nobody'])),
      ...some('outcome', () => one(['allowed', 'denied', 'failed'])),
      ...some('action', () => one(['lead', 'lead.*', 'api_key.created', 'lead.updated', 'lead.updated.v2', 'api'])),
      ...some('targetType', () => one(['lead', 'conversation', 'draft', 'workspace'])),
      ...some('targetId', () => one(['l-1', 'l-2', 'c-1', 'nothing'])),
      ...some('ip', () => one([...IPS, '10.9.9.9'])),
      ...some('requestId', () => one([...REQUESTS, 'r-9'])),
      ...some('from', time),
      ...some('to', time),
      ...some('q', () => Array.from({ length: 1 + below(2) }, word).join(' ')),
    };
  }

  /** All pages, of some length. */
  async function found(params: Params, limit: number): Promise<number[]> {
    const seqs: number[] = [];
    for (let cursor: string | null | undefined; cursor !== null;) {
      const page = await app
        .get(UnitOfWork)
        .read(systemActor(ada.workspaceId, 'spec'), (tx) =>
          app.get(AuditQueries).list(tx, { ...params, limit, ...(cursor ? { cursor } : {}) } as never),
        );
      seqs.push(...page.items.map(({ seq }) => seq));
      cursor = page.nextCursor;
    }
    return seqs;
  }

  it('is by any filters and words what reading all of it finds', async () => {
    let some = 0;
    const first = written[0]?.seq ?? 0;
    for (let n = 0; n < FILTERS; n++) {
      const q = WORDS[n];
      const params = q === undefined ? anyParams() : { q };
      const wanted = written.filter((entry) => has(entry, params)).map(({ seq }) => seq);
      // What stood there before these does not count.
      const seqs = (await found(params, one([40, 200, 2_000]))).filter((seq) => seq >= first);
      expect({ params, seqs }).toEqual({ params, seqs: wanted.reverse() });
      if (wanted.length > 0 && wanted.length < MANY) some++;
    }
    expect(some).toBeGreaterThan(FILTERS / 3);
  });

  it('is found by its words as they stand in the entries, and by no others', async () => {
    const kept = await app.rows<{ key: string; block: number; bits: string }>(
      `SELECT key, block, bits::text FROM audit_index WHERE workspace_id = $1 AND key >= 'w:' AND key < 'w;'`,
      [ada.workspaceId],
    );
    const first = Math.ceil((written[0]?.seq ?? 0) / BLOCK);
    const wanted = new Map<string, string[]>();
    for (const entry of written) {
      const block = Math.floor((entry.seq - 1) / BLOCK);
      for (const each of allWords(entry)) {
        const name = `w:${each} ${block}`;
        const bits = wanted.get(name) ?? Array.from({ length: BLOCK }, () => '0');
        bits[(entry.seq - 1) % BLOCK] = '1';
        wanted.set(name, bits);
      }
    }
    const full = Math.floor((written.at(-1)?.seq ?? 0) / BLOCK);
    expect(full - first).toBeGreaterThanOrEqual(2);
    const whole = (name: string) => Number(name.slice(name.lastIndexOf(' '))) >= first;
    const there = kept.map(({ key, block, bits }) => [`${key} ${block}`, bits] as const);
    const [found, stands] = [
      there.filter(([name]) => whole(name)),
      [...wanted].map(([name, bits]) => [name, bits.join('')] as const),
    ];
    const inFull = stands.filter(([name]) => whole(name) && Number(name.slice(name.lastIndexOf(' '))) < full);
    expect(new Map(found.toSorted())).toEqual(new Map(inFull.toSorted()));
  });
});
