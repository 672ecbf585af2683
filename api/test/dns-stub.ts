import { createSocket, type RemoteInfo, type Socket } from 'node:dgram';
import { once } from 'node:events';

const TYPES = { A: 1, CNAME: 5, AAAA: 28 } as const;
const HEADER = 12;
const FAILED = { NXDOMAIN: 3, SERVFAIL: 2 } as const;

/** What a name answers: its records, a failure, or nothing at all. */
export type Zone = Record<string, DnsAnswer | DnsAnswer[]>;
export type DnsAnswer = { A?: string[]; AAAA?: string[]; CNAME?: string } | keyof typeof FAILED | 'silence';

/** A name server on loopback that answers from a script (RFC 1035); of several answers each is given once, the last stays. */
export class DnsStub {
  /** Every question, as `name type`, in order. */
  readonly asked: string[] = [];

  private constructor(
    private readonly socket: Socket,
    private readonly zone: Zone,
  ) {
    socket.on('message', (message, from) => this.answer(message, from));
  }

  static async start(zone: Zone): Promise<DnsStub> {
    const socket = createSocket('udp4');
    socket.bind(0, '127.0.0.1');
    await once(socket, 'listening');
    return new DnsStub(socket, zone);
  }

  get address(): string {
    return `127.0.0.1:${this.socket.address().port}`;
  }

  stop(): void {
    this.socket.close();
  }

  private answer(message: Buffer, from: RemoteInfo): void {
    const { name, type, end } = questionOf(message);
    const asked = `${name} ${type}`;
    const times = this.asked.filter((each) => each === asked).length;
    this.asked.push(asked);
    const script = this.zone[name] ?? 'NXDOMAIN';
    const answer = Array.isArray(script) ? (script[times] ?? script.at(-1) ?? 'NXDOMAIN') : script;
    if (answer === 'silence') return;
    const records = typeof answer === 'string' ? [] : recordsOf(answer, type);
    const header = Buffer.alloc(HEADER);
    message.copy(header, 0, 0, 2);
    header.writeUInt16BE(0x8180 | (typeof answer === 'string' ? FAILED[answer] : 0), 2);
    header.writeUInt16BE(1, 4);
    header.writeUInt16BE(records.length, 6);
    this.socket.send(Buffer.concat([header, message.subarray(HEADER, end), ...records]), from.port, from.address);
  }
}

function questionOf(message: Buffer): { name: string; type: keyof typeof TYPES | 'other'; end: number } {
  const labels: string[] = [];
  let at = HEADER;
  for (let length = message.readUInt8(at); length > 0; length = message.readUInt8(at)) {
    labels.push(message.toString('ascii', at + 1, at + 1 + length));
    at += 1 + length;
  }
  const code = message.readUInt16BE(at + 1);
  const type = code === TYPES.A ? 'A' : code === TYPES.AAAA ? 'AAAA' : 'other';
  return { name: labels.join('.').toLowerCase(), type, end: at + 5 };
}

/** An alias is answered with its addresses behind it, as resolvers do. */
function recordsOf(answer: Exclude<DnsAnswer, string>, type: string): Buffer[] {
  const target = answer.CNAME;
  const owner = target === undefined ? Buffer.from([0xc0, HEADER]) : nameOf(target);
  const addresses = type === 'A' ? (answer.A ?? []) : type === 'AAAA' ? (answer.AAAA ?? []) : [];
  const records = addresses.map((address) =>
    type === 'A'
      ? record(owner, TYPES.A, Buffer.from(address.split('.').map(Number)))
      : record(owner, TYPES.AAAA, ipv6Bytes(address)),
  );
  return target === undefined
    ? records
    : [record(Buffer.from([0xc0, HEADER]), TYPES.CNAME, nameOf(target)), ...records];
}

function record(owner: Buffer, type: number, data: Buffer): Buffer {
  const fixed = Buffer.alloc(10);
  fixed.writeUInt16BE(type, 0);
  fixed.writeUInt16BE(1, 2);
  fixed.writeUInt16BE(data.length, 8); // a time to live of 0 stands between
  return Buffer.concat([owner, fixed, data]);
}

function nameOf(name: string): Buffer {
  const labels = name.split('.').map((label) => Buffer.from(`${String.fromCharCode(label.length)}${label}`, 'ascii'));
  return Buffer.concat([...labels, Buffer.from([0])]);
}

function ipv6Bytes(address: string): Buffer {
  const [head = '', tail = ''] = address.split('::');
  const groups = (part: string) => part.split(':').filter(Boolean);
  const zeros = Array<string>(8 - groups(head).length - groups(tail).length).fill('0');
  const bytes = Buffer.alloc(16);
  [...groups(head), ...zeros, ...groups(tail)].forEach((group, index) =>
    bytes.writeUInt16BE(Number.parseInt(group, 16), index * 2),
  );
  return bytes;
}
