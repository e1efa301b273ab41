import { parseCanaryLines } from '../measure/canary.js';
import { parseProgressLine } from '../measure/parse-progress.js';
import { measureTrial } from '../measure/measure-trial.js';
import { planFigures } from '../measure/plan-figures.js';
import { judgeValidity } from '../measure/validity.js';
import type { MeasurementSpec } from '../model/experiment.js';
import type { MachineLoad } from '../model/machine-load.js';
import type { OfferedLoad } from '../model/offered-load.js';
import type { Outcome } from '../model/outcome.js';
import type { Level } from '../model/knob.js';
import type { Trial } from '../model/plan.js';
import type { QueryProgress } from '../model/query-progress.js';
import type { TrialRecord } from '../model/run-record.js';

interface EndedTrial {
  readonly trial: Trial;
  readonly outcome: Outcome;
  readonly wallMs: number;
  readonly progressLines: readonly string[];
  readonly canaryLines: readonly string[];
  readonly machine: MachineLoad | null;
  readonly offered: OfferedLoad | null;
}

/** Joins an ended trial with what its progress lines say. */
export function toTrialRecord(ended: EndedTrial, measurement: MeasurementSpec): TrialRecord {
  const { trial, outcome, wallMs, machine, offered, progressLines, canaryLines } = ended;
  const events = progressLines.map(progressOf).filter((event) => event !== undefined);
  const { warmupSeconds } = measurement;
  const canary = parseCanaryLines(canaryLines);
  const stageTasks = stageTasksOf(progressLines);
  const triggerMs = triggerMsOf(trial.configuration.knobs['trigger.processingTime'] ?? null);
  const measured =
    events.length === 0
      ? null
      : measureTrial(events, {
          warmupSeconds,
          canary,
          stageTasks,
          ...(offered === null ? {} : { offered: { load: offered, triggerMs } }),
        });
  const figures = measured === null ? undefined : planFigures(trial.configuration.knobs, measured);
  return {
    trial,
    outcome: judgeValidity(outcome, measured, figures?.problem),
    wallMs,
    measurement:
      measured === null
        ? null
        : { ...measured, warnings: [...measured.warnings, ...(figures?.warnings ?? [])] },
    machine,
  };
}

/** `2 seconds`, `500ms` as milliseconds; 0 for anything else, which starts each batch at once. */
function triggerMsOf(level: Level): number {
  const match = /^(\d+(?:\.\d+)?)\s*(ms|millisecond|s|sec|m|min)/i.exec(String(level ?? ''));
  const unit = { ms: 1, millisecond: 1, s: 1_000, sec: 1_000, m: 60_000, min: 60_000 };
  const factor = unit[(match?.[2] ?? '').toLowerCase() as keyof typeof unit] as number | undefined;
  return factor === undefined ? 0 : Number(match?.[1]) * factor;
}

/** What the launcher read back from Spark's own plan of a batch; null where it did not come so far. */
function stageTasksOf(lines: readonly string[]): readonly number[] | null {
  const found = lines
    .filter((line) => line.includes('"tasks"'))
    .map(parseProgressLine)
    .find((event) => event?.event === 'tasks');
  return found?.event === 'tasks' ? found.stages : null;
}

/** The progress in a line of NDJSON; undefined for any other line. */
export function progressOf(line: string): QueryProgress | undefined {
  const event = parseProgressLine(line);
  return event?.event === 'progress' ? event.progress : undefined;
}
