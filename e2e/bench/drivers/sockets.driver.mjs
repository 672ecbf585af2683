// A thousand screens in one process that only count: all of them get the same bytes, which are read once.
import { answering } from '../ground/answering.mjs';
import { Listening } from './listening.mjs';
import { WebSocketScreen } from './web-socket.mjs';

let screens = [];
let listening;
let last = Buffer.alloc(0);
let seqs = [];

answering({
  async open({ port, tokens, count, request }) {
    listening = new Listening(count);
    for (let index = 0; index < count; index++) {
      const screen = new WebSocketScreen((payload) => hear(index, payload));
      await screen.open(port, tokens[index % tokens.length], request);
      screens.push(screen);
    }
  },
  clear: () => listening.clear(),
  heard: () => ({ heard: listening.heard, outOfOrder: listening.outOfOrder }),
  close() {
    for (const screen of screens) screen.close();
    screens = [];
  },
});

function hear(index, payload) {
  if (!payload.equals(last)) {
    last = Buffer.from(payload);
    const [name, message] = JSON.parse(payload.toString('utf8', 2));
    seqs = name === 'leads_updated' ? message.events.map(({ seq }) => seq) : [];
  }
  listening.hear(index, seqs);
}
