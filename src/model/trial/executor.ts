import type { CanaryReading } from './canary.js';
import type { OfferedLoad } from './offered-load.js';
import type { InvalidCause, Outcome } from './outcome.js';
import type { Launch, Trial } from './plan.js';
import type { ProgressEvent } from './progress-event.js';

/** What a launch may use while it is open. */
export interface LaunchContext {
  readonly signal: AbortSignal;
  /** A trial's own folder; it exists and is empty when the trial starts. All that the trial leaves goes there. */
  directoryOf(trial: Trial): string;
  /** Told the id of each process group, right after its start. */
  onProcess(pid: number): void;
}

/** How the work of a trial ended, before anybody asks whether it counts. */
export type TrialEnd =
  Exclude<Outcome, { kind: 'succeeded' | 'invalid' }> | { readonly kind: 'ended' };

/** Everything that came back from a trial. */
export interface TrialEvidence {
  readonly end: TrialEnd;
  /** From the start of the trial to its end. */
  readonly wallMs: number;
  /** Settings that the running session reported, by key; null if it never got that far. */
  readonly effectiveConf: Readonly<Record<string, string>> | null;
  readonly events: readonly ProgressEvent[];
  /** Readings of the machine's speed; empty where it was not read. */
  readonly canary: readonly CanaryReading[];
  /** What a producer offered meanwhile; null where the trial drains a backlog, or it never began. */
  readonly offered: OfferedLoad | null;
  /** What went wrong beside the job, so that its figures cannot be trusted. */
  readonly problems: readonly InvalidCause[];
}

/** One process, or one group of them, in which one trial runs, or several one after the other. */
export interface OpenLaunch extends AsyncDisposable {
  /** Runs one trial from start to end. Rejects only when streamtune itself cannot continue. */
  run(trial: Trial, onEvent: (event: ProgressEvent) => void): Promise<TrialEvidence>;
}

/** A way to run trials. */
export interface Executor {
  open(launch: Launch, context: LaunchContext): Promise<OpenLaunch>;
}
