import type { CanaryReading } from './canary.js';
import type { OfferedLoad } from './offered-load.js';
import type { ExecutorsSeen } from '../executors-seen.js';
import type { InvalidCause, Outcome } from './outcome.js';
import type { Launch, Trial } from './plan.js';
import type { ProgressEvent } from './progress-event.js';
import type { QueryResult } from './query-result.js';
import type { ScriptRecord } from './script-record.js';
import type { MeasurementSpec } from '../experiment.js';
import type { SessionRecord } from '../session-record.js';

/** What a launch may use while it is open. */
export interface LaunchContext {
  readonly signal: AbortSignal;
  /** The speed canary is left out; absent if the experiment decides. */
  readonly canary?: 'off';
  /** The trial's own folder; it exists and is empty when the trial starts. Everything the trial leaves goes there. */
  directoryOf(trial: Trial): string;
  /** Called with the id of each process group, right after its start. */
  onProcess(pid: number): void;
}

/** How a trial's job ended, before it is judged whether the trial counts. */
export type TrialEnd =
  Exclude<Outcome, { kind: 'succeeded' | 'invalid' }> | { readonly kind: 'ended' };

/** Everything that a trial returned. */
export interface TrialEvidence {
  readonly end: TrialEnd;
  /** From the start of the trial to its end. */
  readonly wallMs: number;
  /** Settings reported by the running session, by key; null if it never got that far. */
  readonly effectiveConf: Readonly<Record<string, string>> | null;
  readonly events: readonly ProgressEvent[];
  /** The topic that holds its records; absent if there is none. */
  readonly topic?: string;
  /** Readings of the machine's speed; empty without a canary. */
  readonly canary: readonly CanaryReading[];
  /** What the producer offered meanwhile; null if the trial drains a backlog, or the load never started. */
  readonly offered: OfferedLoad | null;
  /** Problems outside the job that make its figures unreliable. */
  readonly problems: readonly InvalidCause[];
  /** Only of a script that got far enough. */
  readonly script?: ScriptRecord;
  /** What its queries wrote; absent if that was not looked at. */
  readonly results?: readonly QueryResult[];
  /** Only on a cluster. */
  readonly executors?: ExecutorsSeen;
  /** The driver that it shared with other trials; absent if it had one of its own. */
  readonly session?: SessionRecord;
  /** Why it did not share a driver although it was to, nor any trial after it; a text each. */
  readonly unfit?: readonly string[];
}

/** Whether a launch's trials read the speed canary: neither the experiment nor the run leaves it out. */
export function readsCanary(
  { canary: asked }: Pick<MeasurementSpec, 'canary'>,
  { canary }: Pick<LaunchContext, 'canary'>,
): boolean {
  return asked !== false && canary !== 'off';
}

/** One process or process group that runs one trial, or several in sequence. */
export interface OpenLaunch extends AsyncDisposable {
  /** Runs one trial from start to end. Rejects only when streamtune itself cannot continue. */
  run(trial: Trial, onEvent: (event: ProgressEvent) => void): Promise<TrialEvidence>;
}

/** A way to run trials. */
export interface Executor {
  open(launch: Launch, context: LaunchContext): Promise<OpenLaunch>;
}
