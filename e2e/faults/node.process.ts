import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';

const ROOT = resolve(import.meta.dirname, '../..');
const START_MS = 30_000;

/** One API process, as production runs it, on a database that outlives it. */
export class NodeProcess {
  private constructor(
    readonly url: string,
    private readonly child: ChildProcess,
    private readonly output: string[],
  ) {}

  /** Starts and waits until it serves. `crashAt` names a point of `platform/crash`, with `:n` for the n-th pass. */
  static async start(port: number, env: Record<string, string>, crashAt?: string): Promise<NodeProcess> {
    const child = spawn(process.execPath, [resolve(ROOT, 'dist/api/main.mjs')], {
      env: {
        PATH: process.env.PATH,
        PORT: String(port),
        LOG_LEVEL: 'error',
        ...(crashAt ? { CRASH_AT: crashAt } : {}),
        ...env,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const output: string[] = [];
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => output.push(String(chunk)));
    const node = new NodeProcess(`http://127.0.0.1:${port}`, child, output);
    await node.ready();
    return node;
  }

  /** Resolves with the signal or code it ended with. */
  async ended(): Promise<string> {
    if (this.child.exitCode === null && this.child.signalCode === null) await once(this.child, 'exit');
    return this.child.signalCode ?? String(this.child.exitCode);
  }

  get hasEnded(): boolean {
    return this.child.exitCode !== null || this.child.signalCode !== null;
  }

  async kill(signal: 'SIGKILL' | 'SIGTERM' = 'SIGKILL'): Promise<void> {
    this.child.kill(signal);
    await this.ended();
  }

  private async ready(): Promise<void> {
    const until = performance.now() + START_MS;
    while (performance.now() < until) {
      if (this.hasEnded) throw new Error(`It ended while starting:\n${this.output.join('')}`);
      const answer = await fetch(`${this.url}/health/ready`, { signal: AbortSignal.timeout(5_000) }).catch(
        () => undefined,
      );
      if (answer?.ok) return;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    throw new Error(`It did not get ready:\n${this.output.join('')}`);
  }
}
