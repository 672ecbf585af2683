import { appendFile, mkdtemp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { v7 } from 'uuid';
import type { RawHit } from '../hit';
import { HitSpool } from './hit-spool';

const hitOf = (userAgent: string | null = 'Reader "1"\\ ü'): RawHit => ({
  id: v7(),
  at: 1_795_000_000_000,
  kind: 'open',
  trackingId: 't'.repeat(24),
  method: 'GET',
  userAgent,
  addressPrefix: '203.0.113.0/24',
  network: null,
  signs: 0,
  linkIndex: null,
  link: null,
});

describe('the spool', () => {
  let folder: string;
  let spool: HitSpool;

  const drain = async (from: HitSpool) => {
    const hits: RawHit[] = [];
    const damaged: string[] = [];
    for await (const file of from.take()) {
      hits.push(...file.hits);
      damaged.push(...file.damaged);
      await from.done(file);
    }
    return { hits, damaged };
  };

  beforeEach(async () => {
    folder = join(await mkdtemp(join(tmpdir(), 'spool-')), 'spool');
    spool = new HitSpool(folder);
  });
  afterEach(async () => {
    await spool.close();
    await rm(folder, { recursive: true, force: true });
  });

  it('gives back what it took, and is empty then', async () => {
    const hits = [hitOf(), hitOf(null), hitOf()];
    expect(await spool.isEmpty()).toBe(true);
    await spool.append(hits.slice(0, 2));
    await spool.append(hits.slice(2));
    expect(await spool.isEmpty()).toBe(false);
    expect((await drain(spool)).hits).toEqual(hits);
    expect(await spool.isEmpty()).toBe(true);
    expect(await readdir(folder)).toEqual([]);
  });

  it('takes what an earlier life left behind, also when that died while it was recovering', async () => {
    const hits = [hitOf(), hitOf()];
    await spool.append(hits.slice(0, 1));
    const dying = new HitSpool(folder);
    await dying.append(hits.slice(1));
    const taking = dying.take();
    await taking.next();
    await dying.close();
    const heir = new HitSpool(folder);
    expect((await drain(heir)).hits.map(({ id }) => id).sort()).toEqual(hits.map(({ id }) => id).sort());
  });

  it('skips a line that was cut while it was written, for which nobody was answered', async () => {
    const hit = hitOf();
    await spool.append([hit]);
    const [name = ''] = await readdir(folder);
    await appendFile(join(folder, name), '1234abcd {"id":"cut');
    expect(await drain(spool)).toEqual({ hits: [hit], damaged: [] });
  });

  it('sets damaged lines aside instead of believing or losing them', async () => {
    const hits = [hitOf(), hitOf(), hitOf()];
    await spool.append(hits);
    const [name = ''] = await readdir(folder);
    const path = join(folder, name);
    const lines = (await readFile(path, 'utf8')).split('\n');
    lines[1] = (lines[1] ?? '').replace('open', 'opEn');
    await writeFile(path, lines.join('\n'));
    const { hits: good, damaged } = await drain(spool);
    expect(good).toEqual([hits[0], hits[2]]);
    expect(damaged).toHaveLength(1);
    const [kept = ''] = await readdir(folder);
    expect(kept).toMatch(/\.damaged$/);
    expect(await readFile(join(folder, kept), 'utf8')).toContain(hits[1]?.id);
  });

  it('writes again what it wrote into a file that a neighbour had taken meanwhile', async () => {
    const [first, second] = [hitOf(), hitOf()];
    await spool.append([first]);
    const [name = ''] = await readdir(folder);
    await rename(join(folder, name), join(folder, name.replace('.open', '.taken')));
    await spool.append([second]);
    const ids = (await drain(spool)).hits.map(({ id }) => id);
    expect(new Set(ids)).toEqual(new Set([first.id, second.id]));
  });
});
