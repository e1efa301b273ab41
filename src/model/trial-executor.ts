import type { OfferedLoad } from './offered-load.js';
import type { Outcome } from './outcome.js';
import type { Trial } from './plan.js';

/** What a trial may use while it runs. */
export interface TrialContext {
  /** The trial's own folder; it exists and is empty. All that the trial leaves goes here. */
  readonly directory: string;
  readonly signal: AbortSignal;
  /** Told the id of each process group that the trial starts, right after its start. */
  readonly onProcess?: (pid: number) => void;
  /** Told once, when the streaming query has started. */
  readonly onQueryStarted?: () => void;
  /** Called with each complete line of progress NDJSON as it appears. */
  readonly onProgressLine: (line: string) => void;
}

/** What came back from a trial. */
export interface TrialResult {
  readonly outcome: Outcome;
  /** From the start of the process to its end. */
  readonly wallMs: number;
  /** Settings that the running session reported, by key; null if it never got that far. */
  readonly effectiveConf: Readonly<Record<string, string>> | null;
  /** Lines of `canary.ndjson`; empty where the machine's speed was not read. */
  readonly canaryLines: readonly string[];
  /** What a producer offered meanwhile; left out where the trial drains a backlog, null if it never began. */
  readonly offered?: OfferedLoad | null;
}

/** Runs one trial from start to end. Rejects only when streamtune itself cannot continue. */
export interface TrialExecutor {
  run(trial: Trial, context: TrialContext): Promise<TrialResult>;
}
