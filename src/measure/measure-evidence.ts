import type { TrialEvidence } from '../model/trial/executor.js';
import type { MeasurementSpec } from '../model/experiment.js';
import type { Assignment, Level } from '../model/knob.js';
import type { Measurement } from '../model/trial/measurement.js';
import { measureTrial } from './measure-trial.js';
import { readingTaskWarnings } from './plan-figures.js';

/** Measures a trial from its evidence; null without a progress event. */
export function measureEvidence(
  { events, canary, offered }: Pick<TrialEvidence, 'events' | 'canary' | 'offered'>,
  knobs: Assignment,
  { warmupSeconds }: Pick<MeasurementSpec, 'warmupSeconds'>,
): Measurement | null {
  const progress = events.flatMap((event) => (event.kind === 'progress' ? [event.progress] : []));
  if (progress.length === 0) return null;
  const tasks = events.find((event) => event.kind === 'tasks');
  const stageTasks = tasks?.stages ?? null;
  const triggerMs = triggerMsOf(knobs['trigger.processingTime'] ?? null);
  const measured = measureTrial(progress, {
    warmupSeconds,
    canary,
    stageTasks,
    ...(offered === null ? {} : { offered: { load: offered, triggerMs } }),
  });
  const warnings = [...measured.warnings, ...readingTaskWarnings(knobs, stageTasks)];
  return { ...measured, warnings };
}

/** Converts `2 seconds`, `500ms` to milliseconds; 0 for anything else, which starts each batch immediately. */
function triggerMsOf(level: Level): number {
  const match = /^(\d+(?:\.\d+)?)\s*(ms|millisecond|s|sec|m|min)/i.exec(String(level ?? ''));
  const unit = { ms: 1, millisecond: 1, s: 1_000, sec: 1_000, m: 60_000, min: 60_000 };
  const factor = unit[(match?.[2] ?? '').toLowerCase() as keyof typeof unit] as number | undefined;
  return factor === undefined ? 0 : Number(match?.[1]) * factor;
}
