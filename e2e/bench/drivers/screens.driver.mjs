// Screens as browsers have them: socket.io-client, each message parsed by each.
import { io } from 'socket.io-client';
import { answering } from '../ground/answering.mjs';
import { Listening } from './listening.mjs';

let sockets = [];
let listening;

answering({
  async open({ port, tokens, count, request }) {
    listening = new Listening(count);
    for (let index = 0; index < count; index++) {
      const socket = io(`http://127.0.0.1:${port}`, {
        transports: ['websocket'],
        reconnection: false,
        forceNew: true,
        auth: { token: tokens[index % tokens.length] },
      });
      sockets.push(socket);
      await new Promise((resolve, reject) => socket.once('connect', resolve).once('connect_error', reject));
      socket.on('leads_updated', (message) =>
        listening.hear(
          index,
          message.events.map(({ seq }) => seq),
        ),
      );
      const answer = await socket.timeout(10_000).emitWithAck('subscribe', request);
      if (answer.type !== 'ack') throw new Error(`The subscription was refused: ${JSON.stringify(answer)}`);
    }
  },
  clear: () => listening.clear(),
  heard: () => ({ heard: listening.heard, outOfOrder: listening.outOfOrder }),
  close() {
    for (const socket of sockets) socket.disconnect();
    sockets = [];
  },
});
