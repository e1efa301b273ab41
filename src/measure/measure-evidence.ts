import type { TrialEvidence } from '../model/trial/executor.js';
import { declaredWarmup, type WarmupSpec } from '../model/declared-warmup.js';
import type { Assignment } from '../model/knob.js';
import type { Measurement } from '../model/trial/measurement.js';
import { decidingEvents, type QueryWanted } from './deciding-query.js';
import { measureTrial } from './measure-trial.js';
import { measureQueries } from './measure-queries.js';
import { readingTaskWarnings } from './plan-figures.js';
import { triggerMsOf } from './trigger-ms.js';
import { tookTurns } from './without-waits.js';

/** Measures the query that decides a trial from its evidence; null without a progress event of it. */
export function measureEvidence(
  evidence: Pick<TrialEvidence, 'events' | 'canary' | 'offered' | 'session'>,
  knobs: Assignment,
  { query, ...spec }: WarmupSpec & QueryWanted,
): Measurement | null {
  const { events: all, canary, offered } = evidence;
  const warmupSeconds = declaredWarmup(spec, evidence.session !== undefined);
  const { events } = decidingEvents(all, query);
  const progress = events.flatMap((event) => (event.kind === 'progress' ? [event.progress] : []));
  if (progress.length === 0) return null;
  const tasks = events.find((event) => event.kind === 'tasks');
  const stageTasks = tasks?.stages ?? null;
  const triggerMs = triggerMsOf(knobs['trigger.processingTime'] ?? null);
  const measured = measureTrial(progress, {
    warmupSeconds,
    canary,
    stageTasks,
    inTurns: tookTurns(events),
    ...(offered === null ? {} : { offered: { load: offered, triggerMs } }),
  });
  const reading = readingTaskWarnings(knobs, stageTasks, progress.at(-1));
  const warnings = [...measured.warnings, ...reading];
  const queries = measureQueries(all, warmupSeconds);
  const locality = all.find((event) => event.kind === 'locality')?.tasks;
  return {
    ...measured,
    ...(locality === undefined ? {} : { locality }),
    ...(queries === undefined ? {} : { queries }),
    warnings,
  };
}
