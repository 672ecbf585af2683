import type { AuditExport, AuditSchedule, AuditStream, CheckpointDelivery, StateMessages } from '@threadline/contracts';

/** Everything that leaves the audit log. */
export interface AuditOutlets {
  exports: readonly (AuditExport & { secondsLeft?: number | null })[];
  schedules: readonly AuditSchedule[];
  streams: readonly AuditStream[];
  delivery: CheckpointDelivery;
}

/** Pure: what is on screen after a word of how far an export has come. */
export function withProgress(
  state: AuditOutlets,
  { taskId, done, total, secondsLeft }: StateMessages['task_progress'],
): AuditOutlets {
  const moves = (each: AuditExport) =>
    each.id === taskId && (each.state === 'queued' || each.state === 'running') && done >= each.done;
  if (!state.exports.some(moves)) return state;
  return {
    ...state,
    exports: state.exports.map((each) =>
      moves(each) ? { ...each, state: 'running', done, total, secondsLeft } : each,
    ),
  };
}
