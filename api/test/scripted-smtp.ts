import { createServer, type Server, type Socket } from 'node:net';
import type { AddressInfo } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';

/** What the server does at one point of a session: a reply, a cut connection, or silence. */
export type Answer = string | 'drop' | 'hang' | { after: number; reply: string };
export type Moment = 'connect' | 'ehlo' | 'mail' | 'rcpt' | 'data' | 'content' | 'rset';

export interface TakenMail {
  from: string;
  to: string[];
  /** As it stood on the wire between DATA and the final dot, with the stuffed dots still in. */
  wire: Buffer;
  /** The mail itself. */
  content: string;
}

const USUAL: Record<Moment, string> = {
  connect: '220 script.test ESMTP',
  ehlo: '250-script.test\r\n250 SIZE 10485760',
  mail: '250 2.1.0 ok',
  rcpt: '250 2.1.5 ok',
  data: '354 go ahead',
  content: '250 2.0.0 ok queued as 1',
  rset: '250 2.0.0 ok',
};

/** A mail server that plays a script: what it does at each moment, the first time, the second time … */
export class ScriptedSmtp {
  /** Mails whose content was answered with 250. */
  readonly taken: TakenMail[] = [];
  /** Mails whose content came in whole, whatever was answered. */
  readonly seen: TakenMail[] = [];
  readonly commands: string[] = [];
  connections = 0;
  private readonly script = new Map<Moment, Answer[]>();
  private readonly sockets = new Set<Socket>();
  private server: Server | undefined;

  /** The next answers at that moment; afterwards the usual one again. */
  next(moment: Moment, ...answers: Answer[]): this {
    this.script.set(moment, [...(this.script.get(moment) ?? []), ...answers]);
    return this;
  }

  /** Back to the usual answers at every moment. */
  forget(): void {
    this.script.clear();
  }

  /** Answers its URL. */
  async start(): Promise<string> {
    const server = createServer((socket) => {
      this.connections += 1;
      this.sockets.add(socket);
      socket.once('close', () => this.sockets.delete(socket));
      socket.on('error', () => socket.destroy());
      new Session(this, socket).begin();
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    this.server = server;
    return `smtp://127.0.0.1:${(server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    for (const socket of this.sockets) socket.destroy();
    const { server } = this;
    if (server) await new Promise<void>((resolve) => server.close(() => resolve()));
  }

  /** Cuts every open connection, as a server does that restarts. */
  cutAll(): void {
    for (const socket of this.sockets) socket.destroy();
  }

  async answer(socket: Socket, moment: Moment): Promise<string | null> {
    const answer = this.script.get(moment)?.shift() ?? USUAL[moment];
    if (answer === 'drop') {
      socket.destroy();
      return null;
    }
    if (answer === 'hang') return null;
    const reply = typeof answer === 'string' ? answer : (await wait(answer.after), answer.reply);
    if (!socket.destroyed) socket.write(`${reply}\r\n`);
    if (reply.startsWith('421')) socket.end();
    return reply;
  }
}

class Session {
  private buffer = Buffer.alloc(0);
  private reading: 'commands' | 'content' = 'commands';
  private from = '';
  private to: string[] = [];
  private turn: Promise<void> = Promise.resolve();

  constructor(
    private readonly server: ScriptedSmtp,
    private readonly socket: Socket,
  ) {}

  begin(): void {
    this.turn = this.server.answer(this.socket, 'connect').then(() => undefined);
    this.socket.on('data', (chunk) => {
      this.turn = this.turn.then(async () => {
        this.buffer = Buffer.concat([this.buffer, chunk]);
        await this.consume();
      });
    });
  }

  private async consume(): Promise<void> {
    for (;;) {
      const end = this.buffer.indexOf(this.reading === 'content' ? '\r\n.\r\n' : '\r\n');
      if (end < 0) return;
      if (this.reading === 'content') {
        const wire = this.buffer.subarray(0, end + 2);
        this.buffer = this.buffer.subarray(end + 5);
        this.reading = 'commands';
        await this.content(wire);
      } else {
        const line = this.buffer.subarray(0, end).toString();
        this.buffer = this.buffer.subarray(end + 2);
        await this.command(line);
      }
    }
  }

  private async content(wire: Buffer): Promise<void> {
    const content = wire.toString().replace(/^\./gm, '');
    const mail = { from: this.from, to: this.to, wire: Buffer.from(wire), content };
    this.server.seen.push(mail);
    const reply = await this.server.answer(this.socket, 'content');
    if (reply?.startsWith('2')) this.server.taken.push(mail);
  }

  private async command(line: string): Promise<void> {
    this.server.commands.push(line);
    const verb = line.slice(0, 4).toUpperCase();
    if (verb === 'EHLO') await this.server.answer(this.socket, 'ehlo');
    else if (verb === 'MAIL') {
      this.from = /<([^>]*)>/.exec(line)?.[1] ?? '';
      this.to = [];
      await this.server.answer(this.socket, 'mail');
    } else if (verb === 'RCPT') {
      const reply = await this.server.answer(this.socket, 'rcpt');
      if (reply?.startsWith('2')) this.to.push(/<([^>]*)>/.exec(line)?.[1] ?? '');
    } else if (verb === 'DATA') {
      const reply = await this.server.answer(this.socket, 'data');
      if (reply?.startsWith('3')) this.reading = 'content';
    } else if (verb === 'RSET') await this.server.answer(this.socket, 'rset');
    else if (verb === 'QUIT') this.socket.end('221 bye\r\n');
    else this.socket.write('500 5.5.1 what?\r\n');
  }
}
