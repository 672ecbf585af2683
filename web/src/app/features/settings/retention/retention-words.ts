import type { LegalHold, RetentionPreview } from '@threadline/contracts';

/** What is offered; any number from 1 to 240 can be set by the API. */
const OFFERED = [1, 3, 6, 12, 24, 36, 60, 120];

/** How long a log is kept, in words. */
export function monthsWords(months: number | null): string {
  if (months === null) return 'for ever';
  if (months % 12 === 0 && months >= 12) return months === 12 ? 'for 1 year' : `for ${months / 12} years`;
  return months === 1 ? 'for 1 month' : `for ${months} months`;
}

/** The choices, with the one that holds now among them. */
export function choicesWith(current: number | null): { value: string; label: string }[] {
  const months = [...new Set([...OFFERED, ...(current === null ? [] : [current])])].sort((one, other) => one - other);
  return [
    { value: '', label: 'For ever' },
    ...months.map((each) => ({ value: String(each), label: capital(monthsWords(each)) })),
  ];
}

/** What a preview says, in a sentence. */
export function previewWords({ entries, held }: RetentionPreview): string {
  if (entries === 0)
    return held > 0 ? 'Nothing would go: legal holds keep what is old enough.' : 'Nothing is old enough to go.';
  const going = `${entries.toLocaleString('en')} ${entries === 1 ? 'entry' : 'entries'} would go`;
  return held > 0 ? `${going}; ${held.toLocaleString('en')} more stay because of legal holds.` : `${going}.`;
}

/** What a hold keeps, in words. `names` are of leads and people, as far as they are known. */
export function heldWords({ targets, actorIds }: LegalHold, names: (ref: string) => string | null): string {
  if (targets.length === 0 && actorIds.length === 0) return 'Everything';
  const things = targets.map((target) => names(target) ?? `one ${target.split(':')[0] ?? 'thing'}`);
  const people = actorIds.map((id) => `what ${names(`user:${id}`) ?? id} did`);
  return capital([...things, ...people].join(', '));
}

/** `lead.updated.v1` as people read it. */
export function actionWords(action: string): string {
  return capital(action.replace(/\.v\d+$/, '').replace(/[._]/g, ' '));
}

function capital(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}
