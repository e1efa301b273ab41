import type { Symptom } from '../../model/log/diagnosis.js';
import type { Evidence } from './evidence.js';

const largeShare = 0.1;
const longMs = 50;

/** Whether much of a batch is writing two small files to the checkpoint. */
export function slowCheckpoint({ query }: Evidence): Symptom | undefined {
  const { walCommit = 0, commitOffsets = 0, triggerExecution = 0 } = query.measurement.meanPhaseMs;
  const share = triggerExecution > 0 ? (walCommit + commitOffsets) / triggerExecution : 0;
  if (share < largeShare || walCommit + commitOffsets < longMs) return undefined;
  return {
    kind: 'slow-checkpoint',
    share,
    walCommitMs: walCommit,
    commitOffsetsMs: commitOffsets,
  };
}
