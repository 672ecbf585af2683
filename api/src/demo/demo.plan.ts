import type { LeadStatus } from '@threadline/contracts';

/** Minutes before now. */
type Ago = number;

/** How a hit looked; each stands for a kind of mail program or machine of the catalogue of verdicts. */
export type DemoReader = 'desktop' | 'gmail' | 'phone' | 'privacy-proxy' | 'gateway';

export type DemoStep =
  | { ago: Ago; do: 'create'; lead: number; by: number }
  | { ago: Ago; do: 'write'; lead: number; by: number; letter: number }
  | { ago: Ago; do: 'open'; lead: number; reader: DemoReader }
  | { ago: Ago; do: 'click'; lead: number; reader: DemoReader }
  | { ago: Ago; do: 'answer'; lead: number; text: number }
  | { ago: Ago; do: 'follow up'; lead: number; by: number; text: number }
  | { ago: Ago; do: 'status'; lead: number; by: number; status: LeadStatus }
  | { ago: Ago; do: 'conversation'; lead: number; by: number; change: 'assign' | 'resolve' | 'wait' | 'urgent' };

export const DEMO_LEADS = 60;
const DAY = 24 * 60;

/** How a lead's story goes; in this order round and round, so that every kind occurs. */
const STORIES = [
  'won',
  'silent',
  'reading',
  'talking',
  'machine',
  'new',
  'clicked',
  'lost',
  'reading',
  'talking',
] as const;

/**
 * A month of a small team's work, oldest step first. Nothing in it is left to chance, so that two installations show
 * the same workspace.
 */
export function demoPlan(): DemoStep[] {
  const steps = Array.from({ length: DEMO_LEADS }, (_, lead) => story(lead)).flat();
  return steps.filter((step) => step.ago > 0).sort((a, b) => b.ago - a.ago);
}

function story(lead: number): DemoStep[] {
  const by = lead % 2;
  const begun = 31 * DAY - Math.floor((lead * 30.2 * DAY) / DEMO_LEADS) - spread(lead, 1) * 6 * 60;
  const kind = STORIES[lead % STORIES.length] ?? 'new';
  const created: DemoStep = { ago: begun + 90, do: 'create', lead, by };
  if (kind === 'new') return [created];
  const written: DemoStep[] = [
    created,
    { ago: begun, do: 'write', lead, by, letter: lead },
    { ago: begun - 1, do: 'status', lead, by, status: 'contacted' },
  ];
  return [...written, ...chapters(kind, lead, by, begun)];
}

function chapters(kind: Exclude<(typeof STORIES)[number], 'new'>, lead: number, by: number, begun: Ago): DemoStep[] {
  const reader: DemoReader = (['desktop', 'gmail', 'phone'] as const)[lead % 3] ?? 'desktop';
  const read = begun - 40 - Math.floor(spread(lead, 2) * 10 * 60);
  const opened: DemoStep = { ago: read, do: 'open', lead, reader };
  const clicked: DemoStep = { ago: read - 2, do: 'click', lead, reader: reader === 'gmail' ? 'desktop' : reader };
  const answered: DemoStep = { ago: read - 60 - Math.floor(spread(lead, 3) * 8 * 60), do: 'answer', lead, text: lead };
  const after = answered.ago - 45;
  switch (kind) {
    case 'silent':
      return [];
    case 'machine':
      return [
        { ago: begun - 0.1, do: 'open', lead, reader: 'gateway' },
        { ago: begun - 0.1, do: 'click', lead, reader: 'gateway' },
        { ago: read, do: 'open', lead, reader: 'privacy-proxy' },
      ];
    case 'reading':
      return [opened, { ...opened, ago: read - 300 }];
    case 'clicked':
      return [opened, clicked, { ago: read - 30, do: 'conversation', lead, by, change: 'wait' }];
    case 'talking':
      return [
        opened,
        clicked,
        answered,
        { ago: answered.ago - 5, do: 'conversation', lead, by, change: 'assign' },
        ...(lead % 20 === 9 ? [{ ago: after, do: 'conversation', lead, by, change: 'urgent' } as const] : []),
      ];
    case 'won':
      return [
        opened,
        clicked,
        answered,
        { ago: after, do: 'follow up', lead, by, text: lead },
        { ago: after - 30, do: 'open', lead, reader },
        { ago: after - 90, do: 'status', lead, by, status: lead % 20 === 0 ? 'qualified' : 'converted' },
        { ago: after - 95, do: 'conversation', lead, by, change: 'resolve' },
      ];
    case 'lost':
      return [opened, answered, { ago: after, do: 'status', lead, by, status: 'lost' }];
  }
}

/** A number from 0 to 1 that looks random and is always the same. */
function spread(lead: number, salt: number): number {
  const x = Math.sin(lead * 12.9898 + salt * 78.233) * 43_758.5453;
  return x - Math.floor(x);
}
