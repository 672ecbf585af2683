import { beforeEach, describe, expect, it } from '@jest/globals';
import { ApiProblem } from '../../core/api';
import { DeskMoment } from './desk.moment';

const AWAY = new ApiProblem({ status: 0, code: 'unreachable', title: 'The server could not be reached' });
const REFUSED = new ApiProblem({ status: 409, code: 'undo_expired', title: 'Too late' });

describe('the moment of a desk', () => {
  let moment: DeskMoment;
  beforeEach(() => {
    moment = new DeskMoment();
  });

  it('takes back what it said of a server out of reach, once the server is reached', () => {
    moment.refuse(AWAY);
    moment.tellTrouble('one', AWAY);
    expect(moment.now.refusal).toContain('Couldn’t reach the server');
    expect(moment.now.troubles.has('one')).toBe(true);
    moment.reached();
    expect(moment.now.refusal).toBeNull();
    expect(moment.now.troubles.size).toBe(0);
  });

  it('keeps what the server itself refused', () => {
    moment.refuse(REFUSED);
    moment.tellTrouble('one', REFUSED);
    moment.reached();
    expect(moment.now.refusal).toContain('Too late');
    expect(moment.now.troubles.has('one')).toBe(true);
  });

  it('keeps what was said since', () => {
    moment.refuse(AWAY);
    moment.refuse(REFUSED);
    moment.reached();
    expect(moment.now.refusal).toContain('Too late');
  });

  it('asks again for what it could not read, unless another conversation is open by then', () => {
    let asked = 0;
    moment.whenReached(AWAY, () => (asked += 1));
    moment.reached();
    moment.reached();
    expect(asked).toBe(1);
    moment.whenReached(AWAY, () => (asked += 1));
    moment.clear();
    moment.reached();
    expect(asked).toBe(1);
  });
});
