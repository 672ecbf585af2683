import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, readlinkSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

const hasProc = existsSync('/proc/self/stat');

/** Whether a process with this id runs, whoever owns it. One that has ended and only waits to be collected does not. */
export function isAlive(pid) {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if (error.code !== 'EPERM') return false;
  }
  return !hasProc || !['Z', 'X', undefined].includes(procFields(pid)?.[0]);
}

/**
 * What tells a process from a later one that got the same id: the moment it started, and on which boot.
 * @returns {string | null} null when there is no such process.
 */
export function birthMark(pid) {
  if (!isAlive(pid)) return null;
  if (!hasProc) return ps(pid, 'lstart');
  const ticks = procFields(pid)?.[19];
  return ticks ? `${readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()}/${ticks}` : null;
}

/** The command line of a process, or null. */
export function commandLine(pid) {
  if (hasProc) return readProc(pid, 'cmdline')?.replaceAll('\0', ' ').trim() ?? null;
  return ps(pid, 'command');
}

/** The folder a process stands in, or null where the system does not tell. */
export function workingFolder(pid) {
  try {
    return readlinkSync(`/proc/${pid}/cwd`);
  } catch {
    return null;
  }
}

/**
 * Waits until a process is gone.
 * @returns {Promise<boolean>} false when it is still there after `milliseconds`.
 */
export async function gone(pid, milliseconds) {
  const until = performance.now() + milliseconds;
  while (isAlive(pid)) {
    if (performance.now() > until) return false;
    await sleep(50);
  }
  return true;
}

/** Sends a signal; a process that has just gone is no error. */
export function signal(pid, name) {
  try {
    process.kill(pid, name);
  } catch (error) {
    if (error.code !== 'ESRCH') throw error;
  }
}

/** The state, and 19 fields further the moment of the start; the name before them stands in brackets and may hold spaces. */
function procFields(pid) {
  const stat = readProc(pid, 'stat');
  return stat === null ? null : stat.slice(stat.lastIndexOf(')') + 2).split(' ');
}

function readProc(pid, file) {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'utf8');
  } catch {
    return null;
  }
}

function ps(pid, column) {
  const answer = spawnSync('ps', ['-o', `${column}=`, '-p', String(pid)], { encoding: 'utf8' });
  return answer.status === 0 ? answer.stdout.trim() : null;
}
