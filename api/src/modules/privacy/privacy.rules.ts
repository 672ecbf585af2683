import type { PrivacyKind, PrivacyStage } from '@threadline/contracts';

/** For so many days the maker of an export can fetch its file. */
export const FILE_DAYS = 7;
/** After so many tries a request has failed, and says why. */
export const TRIES = 5;

const STAGES: Record<PrivacyKind, readonly PrivacyStage[]> = {
  erase: ['rows', 'events', 'receipt'],
  export: ['collect', 'receipt'],
};

/** What is done first for a request. */
export function firstStage(kind: PrivacyKind): PrivacyStage {
  return STAGES[kind][0] ?? 'receipt';
}

/** What is done after a stage; the receipt is the last. */
export function stageAfter(kind: PrivacyKind, stage: PrivacyStage): PrivacyStage {
  const stages = STAGES[kind];
  return stages[stages.indexOf(stage) + 1] ?? 'receipt';
}

/** Numbers of two steps together. */
export function added(one: Readonly<Record<string, number>>, other: Readonly<Record<string, number>>) {
  const sum: Record<string, number> = { ...one };
  for (const [name, count] of Object.entries(other)) sum[name] = (sum[name] ?? 0) + count;
  return sum;
}
