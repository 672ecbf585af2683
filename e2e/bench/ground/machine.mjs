import { readdirSync, readFileSync } from 'node:fs';
import { availableParallelism, cpus, loadavg, totalmem } from 'node:os';

/** Clock ticks of /proc, per second: 100 on every Linux that Node runs on. */
const TICKS = 100;

/** What the figures were measured on. */
export function machine() {
  return {
    cores: availableParallelism(),
    model: cpus()[0]?.model ?? 'unknown',
    memoryGiB: Math.round(totalmem() / 2 ** 30),
    node: process.version,
    load: loadavg().map((load) => Number(load.toFixed(2))),
  };
}

/** Microseconds of CPU that a PostgreSQL server has used: its own, its living children's, and its dead ones'. */
export function databaseCpu(pid) {
  let ticks = 0;
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    const stat = statOf(name);
    if (!stat) continue;
    if (Number(name) === pid) ticks += stat.own + stat.children;
    else if (stat.parent === pid) ticks += stat.own;
  }
  return (ticks / TICKS) * 1e6;
}

/** Microseconds of CPU of one process and of those it has waited for. */
export function processCpu(pid) {
  const stat = statOf(pid);
  return stat ? ((stat.own + stat.children) / TICKS) * 1e6 : 0;
}

function statOf(pid) {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const [, parent, ...rest] = text.slice(text.lastIndexOf(')') + 2).split(' ');
    // Fields 14 to 17: utime, stime, cutime, cstime.
    const [user, system, childUser, childSystem] = rest.slice(9, 13).map(Number);
    return { parent: Number(parent), own: user + system, children: childUser + childSystem };
  } catch {
    return null; // it ended while we were looking
  }
}
