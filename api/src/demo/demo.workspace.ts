import { randomInt } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { BuiltInRole, User } from '@threadline/contracts';
import { Registration } from '../modules/auth';
import { type Actor, memberActor } from '../platform/access';
import { Clock } from '../platform/clock';
import type { Tx } from '../platform/work';
import { at, CAST, PASSPHRASE_WORDS } from './demo.cast';
import { DEMO_DAYS } from './demo.calendar';
import { demoPlan } from './demo.plan';
import { DemoStories } from './demo.stories';

/** How one of the two signs in. */
export interface SignInCard {
  name: string;
  email: string;
  passphrase: string;
  role: BuiltInRole;
}

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const PASSPHRASE_LENGTH = 5;

/**
 * The demo workspace: two people and eleven weeks of their work with nearly seventy leads, told through the same commands that the
 * API calls, so that its log, its numbers and its timelines are real. All of it is one transaction: there is a whole
 * demo workspace, or none.
 */
@Injectable()
export class DemoWorkspace {
  constructor(
    private readonly registration: Registration,
    private readonly stories: DemoStories,
    private readonly clock: Clock,
  ) {}

  /** Sign-ins with passphrases of this installation's own, about 37 bits each. */
  inviteTheCast(): SignInCard[] {
    return CAST.map((person) => ({
      ...person,
      passphrase: Array.from({ length: PASSPHRASE_LENGTH }, () =>
        at(PASSPHRASE_WORDS, randomInt(PASSPHRASE_WORDS.length)),
      ).join('-'),
    }));
  }

  async make([owner, agent]: SignInCard[]): Promise<void> {
    if (!owner || !agent) throw new Error('The demo workspace is a play for two');
    const begun = new Date(this.clock.millis() - (DEMO_DAYS + 1) * DAY);
    const about = { name: 'Threadline demo', demo: true, proved: true, at: begun };
    await this.registration.createWorkspace({ ...owner, password: owner.passphrase }, about, async (tx, mara) => {
      const joining = tx.at(new Date(begun.getTime() + 3 * 60 * MINUTE));
      const tomas = await this.registration.addPerson(joining, { ...agent, password: agent.passphrase }, agent.role);
      await this.play(tx, [mara, tomas]);
    });
  }

  private async play(tx: Tx, people: User[]): Promise<void> {
    for (const step of demoPlan(this.clock.millis())) {
      const by = 'by' in step ? people[step.by] : undefined;
      const time = new Date(step.at);
      await this.stories.tell(by ? tx.at(time, actorOf(by, tx.workspaceId)) : tx.at(time), step);
    }
  }
}

function actorOf(user: User | undefined, workspaceId: string): Actor {
  if (!user) throw new Error('Nobody acts in the demo without a name');
  return memberActor(workspaceId, user);
}
