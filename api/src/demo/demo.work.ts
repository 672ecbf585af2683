import { ANSWERS } from './demo.letters';
import { awake, type DemoDay, demoDays, noise } from './demo.calendar';
import type { DemoReader, DemoStep } from './demo.step';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** Letters to somebody who does not answer, until they are left in peace. */
const PATIENCE = 3;
/** From one letter to the next, and from the last one to the end of waiting, in milliseconds. */
const REMIND_AFTER = 3 * DAY;
const QUIET_AFTER = 9 * DAY;
/** What was answered so shortly before the end is left to the visitor. */
const LEFT_TO_VISITOR = 3 * DAY;
/** Every so many of the first leads were customers before. */
const OLD_CUSTOMER = 5;
const OLD_CUSTOMERS = 6;

/** Where the work with one lead has come to. */
interface Course {
  lead: number;
  by: number;
  /** When something last happened to it; nothing new begins before. */
  until: number;
  /** Letters since the lead last answered. */
  unanswered: number;
  answers: number;
  /** An answer that nobody has replied to. */
  due: number | null;
  conversation: 'none' | 'open' | 'quiet' | 'closed';
  customer: boolean;
}

/** The work of a team, day by day: letters to those who are new, replies, reminders, and putting aside. */
export class DemoWork {
  readonly steps: DemoStep[] = [];
  private readonly courses: Course[] = [];
  private letters = 0;
  private replies = 0;

  /** `end`: when the visitor comes. */
  constructor(private readonly end: number) {
    for (const day of demoDays(end)) this.work(day);
    this.leaveOpen();
  }

  private work(day: DemoDay): void {
    for (let n = 0; n < day.arrivals; n += 1) this.arrive(day.start + (7 + 8 * noise(this.courses.length, 11)) * HOUR);
    for (let n = 0; n < day.letters; n += 1) {
      const at = day.start + (7.2 + (9.2 * (n + noise(this.letters, 12))) / day.letters) * HOUR;
      const course = at <= this.end ? this.next(at) : undefined;
      if (course) this.write(course, at);
    }
    if (day.working) this.tidy(day.start + 16.7 * HOUR, day.mostOpen);
  }

  private arrive(at: number): void {
    const lead = this.courses.length;
    const by = noise(lead, 13) < 0.55 ? 0 : 1;
    const customer = lead % OLD_CUSTOMER === 3 && lead < OLD_CUSTOMER * OLD_CUSTOMERS;
    this.steps.push({ at, lead, do: 'create', by });
    if (customer) this.steps.push({ at: at + MINUTE, lead, do: 'status', by, status: 'converted' });
    const until = at + HOUR;
    this.courses.push({ lead, by, until, unanswered: 0, answers: 0, due: null, conversation: 'none', customer });
  }

  /** Who is written to next: who has answered, else who is new or has been silent, in turns. */
  private next(at: number): Course | undefined {
    const free = this.courses.filter((course) => course.until < at).sort((a, b) => a.until - b.until);
    const due = free.find((course) => course.due !== null && course.until < this.end - LEFT_TO_VISITOR);
    if (due) return due;
    const fresh = free.find((course) => course.conversation === 'none');
    const silent = free.find(
      ({ conversation, unanswered, until }) =>
        (conversation === 'open' || conversation === 'quiet') && unanswered < PATIENCE && until < at - REMIND_AFTER,
    );
    return this.letters % 5 < 2 ? (fresh ?? silent) : (silent ?? fresh);
  }

  private write(course: Course, at: number): void {
    const { lead, by, due } = course;
    if (due !== null) this.steps.push({ at, lead, do: 'follow up', by, answer: due });
    else this.steps.push({ at, lead, do: course.conversation === 'none' ? 'letter' : 'reminder', by });
    if (course.conversation === 'none' && !course.customer) {
      this.steps.push({ at: at + MINUTE, lead, do: 'status', by, status: 'contacted' });
    }
    if (due !== null) this.advance(course, at + 12 * MINUTE);
    course.due = null;
    course.unanswered += 1;
    // One that waits for the lead goes on waiting.
    if (course.conversation !== 'quiet') course.conversation = 'open';
    course.until = at + HOUR;
    this.react(course, at);
    this.letters += 1;
  }

  /** What a reply from somebody who is interested makes of them. */
  private advance(course: Course, at: number): void {
    const { lead, by, answers } = course;
    if (course.customer) return;
    if (answers === 1) this.steps.push({ at, lead, do: 'status', by, status: 'qualified' });
    if (answers !== 2 || noise(lead, 21) > 0.6) return;
    this.steps.push({ at, lead, do: 'status', by, status: 'converted' });
    course.customer = true;
  }

  /** What becomes of a letter. Shares are spread evenly over the letters, so that every month has its part of each. */
  private react(course: Course, at: number): void {
    const fate = (this.letters * 0.618_034 + 0.05 * noise(this.letters, 14)) % 1;
    const read = awake(at + 12 * MINUTE + noise(this.letters, 15) ** 2 * 9 * HOUR, this.letters);
    if (fate < 0.54) return this.read(course, read, fate);
    if (fate < 0.68) return this.scan(course, at, read);
    // Fetched before anybody could have looked.
    if (fate < 0.76) this.hit(course, at + 3_000, 'open', 'gmail');
  }

  private read(course: Course, at: number, fate: number): void {
    const reader =
      (['desktop', 'gmail', 'phone', 'desktop'] as const)[Math.floor(noise(course.lead, 16) * 4)] ?? 'phone';
    this.hit(course, at, 'open', reader);
    const answers = fate < 0.23;
    // A picture proxy fetches pictures; links are followed in a browser.
    if (fate < 0.08 || (fate > 0.23 && fate < 0.34)) {
      this.hit(course, at + 2 * MINUTE, 'click', reader === 'gmail' ? 'desktop' : reader);
    }
    if (noise(this.letters, 17) > 0.7) this.hit(course, awake(at + 3 * HOUR, this.letters), 'open', reader);
    if (answers) this.answer(course, awake(at + (0.4 + 7 * noise(this.letters, 18)) * HOUR, this.letters));
  }

  private scan(course: Course, at: number, read: number): void {
    this.hit(course, at + 6_000, 'open', 'gateway');
    this.hit(course, at + 6_000, 'click', 'gateway');
    if (noise(this.letters, 19) > 0.5) this.hit(course, read, 'open', 'privacy-proxy');
  }

  private hit(course: Course, at: number, kind: 'open' | 'click', reader: DemoReader): void {
    this.steps.push({ at, lead: course.lead, do: kind, reader });
    course.until = Math.max(course.until, at + 20 * MINUTE);
  }

  private answer(course: Course, wanted: number): void {
    const { lead, by } = course;
    const at = Math.max(wanted, course.until);
    const answer = this.replies % ANSWERS.length;
    this.replies += 1;
    this.steps.push({ at, lead, do: 'answer', answer });
    course.unanswered = 0;
    course.answers += 1;
    course.until = at + 25 * MINUTE;
    course.conversation = 'open';
    if (course.answers === 1) {
      this.steps.push({ at: at + 9 * MINUTE, lead, do: 'conversation', by, change: 'assign' });
    }
    if (ANSWERS[answer]?.back !== null) {
      course.due = answer;
      if (noise(this.replies, 20) > 0.85) {
        this.steps.push({ at: at + 10 * MINUTE, lead, do: 'conversation', by, change: 'urgent' });
      }
      return;
    }
    const closed = awake(at + HOUR, this.letters);
    if (!course.customer) this.steps.push({ at: closed, lead, do: 'status', by, status: 'lost' });
    this.close(course, closed + MINUTE, 'resolve');
  }

  /** The end of a working day: of what is open, the quietest is put aside; what has been quiet for long is over. */
  private tidy(at: number, mostOpen: number): void {
    const quietest = this.courses
      .filter(({ due, until }) => due === null && until < at - DAY)
      .sort((a, b) => a.until - b.until);
    const open = quietest.filter(({ conversation }) => conversation === 'open');
    const tooMany = this.courses.filter(({ conversation }) => conversation === 'open').length - mostOpen;
    for (const course of open.slice(0, Math.max(0, tooMany))) {
      this.close(course, at, course.unanswered < PATIENCE ? 'wait' : 'resolve');
    }
    for (const course of quietest) {
      const over = course.conversation === 'quiet' && course.until < at - QUIET_AFTER;
      if (over && course.unanswered >= PATIENCE) this.close(course, at, 'resolve');
    }
  }

  private close(course: Course, at: number, change: 'wait' | 'resolve'): void {
    this.steps.push({ at, lead: course.lead, do: 'conversation', by: course.by, change });
    course.conversation = change === 'wait' ? 'quiet' : 'closed';
  }

  /** What the visitor finds begun: two conversations put off for some days, and a letter half written. */
  private leaveOpen(): void {
    const quiet = this.courses.filter(({ conversation, due, until }) => {
      return conversation === 'open' && due === null && until < this.end - DAY;
    });
    for (const [n, { lead, by }] of quiet.slice(-2).entries()) {
      const until = Math.floor(this.end / DAY) * DAY + (2 + 3 * n) * DAY + 8 * HOUR;
      this.steps.push({ at: this.end - (5 - n) * HOUR, lead, do: 'snooze', by, until });
    }
    const [asked] = this.courses
      .filter(({ due, until }) => due !== null && until < this.end)
      .sort((a, b) => b.until - a.until);
    const half = asked ?? quiet[0];
    if (half) this.steps.push({ at: this.end, lead: half.lead, do: 'draft', by: 0, answer: half.due });
  }
}
