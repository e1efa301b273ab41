import type { TrialEnd } from '../../model/trial/executor.js';
import type { MeasurementSpec } from '../../model/experiment.js';
import type { TrialFiles } from '../../model/trial/job.js';
import { isSet, type Assignment } from '../../model/knob.js';
import type { FailureCause, FailureClass } from '../../model/trial/outcome.js';
import type { ProgressEvent } from '../../model/trial/progress-event.js';
import { readReserves, type MachineReserves } from '../../machine/machine-reserves.js';
import { readAllProcStats } from '../../process/groups/proc-stat.js';

/** Stops a trial that must not continue. */
export interface TrialWatchdogs extends Disposable {
  /** Aborted when the trial has to stop. */
  readonly signal: AbortSignal;
  /** Takes a sign of life from the query; the first one starts the watch for the next. */
  readonly onEvent: (event: ProgressEvent) => void;
  /** Takes the process group of the job. */
  readonly onProcess: (group: number) => void;
  /** How a trial ended that was stopped here; undefined for any other. */
  readonly end: () => TrialEnd | undefined;
}

type Limits = Pick<
  MeasurementSpec,
  'stallSeconds' | 'batchSeconds' | 'diskReserveBytes' | 'memoryReserveBytes'
>;
type StopTrial = (failureClass: FailureClass, cause: FailureCause, infrastructure?: true) => void;

const lookEveryMs = 1_000;

/** Watches the progress of a query, and the machine's free disk and memory. */
export function watchTrial(
  limits: Limits,
  knobs: Assignment,
  {
    directory,
    reserves = () => readReserves(directory),
  }: Pick<TrialFiles, 'directory'> & {
    readonly reserves?: () => Promise<MachineReserves>;
  },
): TrialWatchdogs {
  const controller = new AbortController();
  let found: TrialEnd | undefined;
  const stop: StopTrial = (failureClass, cause, infrastructure) => {
    const mark = infrastructure === undefined ? {} : { infrastructure };
    found ??= { kind: 'failed', failureClass, cause, stderrTail: [], ...mark };
    controller.abort();
  };
  const machine = watchReserves(limits, reserves, stop);
  const progress = watchProgress(limits, knobs, stop);
  return {
    signal: controller.signal,
    onEvent: (event) => {
      if (controller.signal.aborted) progress[Symbol.dispose]();
      else progress.onEvent(event);
    },
    onProcess: machine.onProcess,
    end: () => found,
    [Symbol.dispose]: () => {
      machine[Symbol.dispose]();
      progress[Symbol.dispose]();
    },
  };
}

/** Detects silence and batches that take too long; with back-to-back batches, before such a batch has ended. */
function watchProgress(limits: Limits, knobs: Assignment, stop: StopTrial) {
  const { stallSeconds = Infinity, batchSeconds = Infinity } = limits;
  const backToBack = !isSet(knobs, 'trigger.processingTime');
  const batchPatience = backToBack ? batchSeconds : Infinity;
  const patience = Math.min(stallSeconds, batchPatience);
  let silence: NodeJS.Timeout | undefined;
  const onSilence = () => {
    if (stallSeconds <= batchPatience)
      stop('no-progress', { kind: 'stalled', limitSeconds: stallSeconds });
    else stop('stuck-batch', { kind: 'batch-unfinished', limitSeconds: batchSeconds });
  };
  return {
    onEvent: (event: ProgressEvent) => {
      clearTimeout(silence);
      if (patience < Infinity) silence = setTimeout(onSilence, 1_000 * patience);
      if (event.kind !== 'progress') return;
      const ms = event.progress.durationMs['triggerExecution'] ?? 0;
      if (ms <= 1_000 * batchSeconds) return;
      stop('stuck-batch', { kind: 'batch-too-long', ms, limitSeconds: batchSeconds });
    },
    [Symbol.dispose]: () => {
      clearTimeout(silence);
    },
  };
}

/** Checks disk and memory at once, as it may be a turn of less than a second, and then once a second. */
function watchReserves(
  { diskReserveBytes, memoryReserveBytes }: Limits,
  reserves: () => Promise<MachineReserves>,
  stop: StopTrial,
) {
  let group: number | undefined;
  const look = async () => {
    const { diskBytes, memory } = await reserves();
    if (diskBytes !== null && diskBytes < diskReserveBytes) {
      const cause = { leftBytes: diskBytes, reserveBytes: diskReserveBytes };
      stop('disk-full', { kind: 'disk-reserve', ...cause }, true);
    }
    if (memory === null || memory.bytes >= memoryReserveBytes) return;
    const jobBytes = group === undefined ? 0 : await residentBytes(group);
    const cause = { kind: 'memory-reserve', leftBytes: memory.bytes, jobBytes } as const;
    // A job that holds more than half of the memory is the cause; a smaller one is a victim.
    if (jobBytes > memory.ofBytes / 2) stop('driver-out-of-memory', cause);
    else stop('memory-short', cause, true);
  };
  void look();
  const timer = setInterval(() => {
    void look();
  }, lookEveryMs);
  return {
    onProcess: (pid: number) => {
      group = pid;
    },
    [Symbol.dispose]: () => {
      clearInterval(timer);
    },
  };
}

async function residentBytes(group: number): Promise<number> {
  const members = (await readAllProcStats()).filter((one) => one.group === group);
  return members.reduce((sum, { residentBytes: bytes }) => sum + bytes, 0);
}
