import { describe, expect, it } from '@jest/globals';
import type { FakeSocket } from './testing/fake.server';
import { scene, seen } from './testing/virtual.time';
import { LiveRefusal } from './trouble';

const ada = { userId: 'ada', name: 'Ada', screens: 1 };
const typing = (userId: string, typing: boolean, conversationId = 'c1') => ({
  conversationId,
  userId,
  name: userId,
  typing,
});
const entered = (socket: FakeSocket) =>
  socket.asked.filter(({ name }) => name === 'enter').map(({ request }) => request);

describe('The room of a conversation', () => {
  it('is entered once while anybody looks, again on a new socket, and left after the last', () => {
    scene((stage) => {
      const { at, connection, server } = stage;
      const live = connection();
      const one = live.room('c1').subscribe();
      const two = live.room('c1').subscribe();
      at(1, () => server.latest.accept());
      at(2, () => expect(entered(server.latest)).toEqual([{ conversationId: 'c1' }]));
      at(3, () => one.unsubscribe());
      at(1_000, () => server.latest.drop());
      at(2_000, () => server.latest.accept());
      at(2_001, () => {
        expect(entered(server.latest)).toEqual([{ conversationId: 'c1' }]);
        expect(server.latest.said).toEqual([]);
        two.unsubscribe();
        expect(server.latest.said).toEqual([{ name: 'leave', notice: { conversationId: 'c1' }, volatile: false }]);
        live.room('c1').subscribe();
        expect(entered(server.latest)).toHaveLength(2);
      });
    });
  });

  it('tells who is there, also to whoever comes late', () => {
    scene((stage) => {
      const { at, connection, server } = stage;
      const live = connection();
      const states = seen(stage, live.room('c1'));
      at(1, () => server.latest.accept());
      at(2, () => {
        server.latest.state('presence_updated', { ref: 'conversation:c2', people: [] });
        server.latest.state('presence_updated', { ref: 'conversation:c1', people: [ada] });
      });
      at(3, () => {
        expect(states.map(({ value }) => value.people)).toEqual([[], [ada]]);
        expect(seen(stage, live.room('c1'))).toEqual([{ at: 3, value: { people: [ada], typing: [] } }]);
      });
    });
  });

  it('forgets typing that was not repeated within six seconds', () => {
    scene((stage) => {
      const { at, connection, server } = stage;
      const states = seen(stage, connection().room('c1'));
      at(1, () => server.latest.accept());
      at(1_000, () => server.latest.state('typing', typing('ada', true)));
      at(1_001, () => server.latest.state('typing', typing('bob', true, 'c2')));
      at(4_000, () => server.latest.state('typing', typing('ada', true)));
      at(5_000, () => server.latest.state('typing', typing('bob', true)));
      at(6_000, () => server.latest.state('typing', typing('bob', false)));
      at(20_000, () => {
        const changes = states.map(({ at: ms, value }) => `${ms} ${value.typing.map(({ userId }) => userId).join()}`);
        expect(changes).toEqual(['0 ', '1000 ada', '4000 ada', '5000 ada,bob', '6000 ada', '10000 ']);
      });
    });
  });

  it('may not be entered by everybody', () => {
    scene(({ at, connection, server, expectObservable }) => {
      expectObservable(connection().room('c1')).toBe(
        's-#',
        { s: { people: [], typing: [] } },
        new LiveRefusal('forbidden', 'Not yours'),
      );
      at(1, () => server.latest.accept());
      at(2, () => {
        const asked = server.latest.asked[0];
        if (asked?.name === 'enter') asked.answer({ type: 'error', code: 'forbidden', detail: 'Not yours' });
      });
    });
  });

  it('hears of own typing at most every three seconds, volatile, and of its end at once', () => {
    scene(({ at, connection, server }) => {
      const live = connection();
      at(1, () => server.latest.accept());
      for (let ms = 1_000; ms < 5_000; ms += 100) at(ms, () => live.typing('c1', true));
      at(5_000, () => live.typing('c1', false));
      at(5_001, () => live.typing('c1', false));
      at(5_002, () => live.typing('c1', true));
      at(9_000, () => {
        expect(server.latest.said.map(({ name, notice, volatile }) => [name, notice, volatile])).toEqual([
          ['typing', { conversationId: 'c1', typing: true }, true],
          ['typing', { conversationId: 'c1', typing: true }, true],
          ['typing', { conversationId: 'c1', typing: false }, true],
          ['typing', { conversationId: 'c1', typing: true }, true],
        ]);
      });
    });
  });

  it('is not the workspace: its people are told apart', () => {
    scene((stage) => {
      const { at, connection, server } = stage;
      const people = seen(stage, connection().people());
      at(1, () => server.latest.accept());
      at(2, () => {
        expect(server.latest.subscribed).toEqual([{ services: ['presence'], version: 1 }]);
        server.latest.state('presence_updated', { ref: 'conversation:c1', people: [] });
        server.latest.state('presence_updated', { ref: null, people: [ada] });
      });
      at(3, () => expect(people).toEqual([{ at: 2, value: [ada] }]));
    });
  });
});
