import type { LeadStatus } from '@threadline/contracts';

/** How a hit looked; each stands for a kind of mail program or machine of the catalogue of verdicts. */
export type DemoReader = 'desktop' | 'gmail' | 'phone' | 'privacy-proxy' | 'gateway';

/** `at`: milliseconds since 1970. */
export type DemoStep = { at: number; lead: number } & (
  | { do: 'create' | 'letter' | 'reminder'; by: number }
  | { do: 'open' | 'click'; reader: DemoReader }
  /** What the lead says, and what goes back: a number of ANSWERS. */
  | { do: 'answer'; answer: number }
  | { do: 'follow up'; by: number; answer: number }
  | { do: 'status'; by: number; status: LeadStatus }
  | { do: 'conversation'; by: number; change: 'assign' | 'resolve' | 'wait' | 'urgent' }
  | { do: 'snooze'; by: number; until: number }
  /** To an answer, or to somebody who has none given. */
  | { do: 'draft'; by: number; answer: number | null }
);
