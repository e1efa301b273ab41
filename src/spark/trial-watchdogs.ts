import type { MeasurementSpec } from '../model/experiment.js';
import type { FailureClass, Outcome } from '../model/outcome.js';
import { readReserves, type MachineReserves } from '../process/machine-reserves.js';
import { readAllProcStats } from '../process/proc-stat.js';

/** Ends a trial that must not go on. */
interface TrialWatchdogs extends Disposable {
  /** Aborted when it has to end. */
  readonly signal: AbortSignal;
  /** A sign of life of the query; the first one starts the watch for the next. */
  readonly onLine: (line: string) => void;
  /** The process group of the job. */
  readonly onProcess: (group: number) => void;
  /** How a trial is called that was ended; undefined for any other. */
  readonly outcome: () => Outcome | undefined;
}

type Limits = Pick<
  MeasurementSpec,
  'stallSeconds' | 'batchSeconds' | 'diskReserveBytes' | 'memoryReserveBytes'
>;

const lookEveryMs = 1_000;

/**
 * Watches the progress of a query and what is left of the machine, on the disk of a folder. Where one batch follows upon
 * another, one that does not end in time is noticed before it does.
 */
export function watchTrial(
  limits: Limits,
  {
    folder,
    backToBack,
    reserves = () => readReserves(folder),
  }: {
    readonly folder: string;
    readonly backToBack: boolean;
    readonly reserves?: () => Promise<MachineReserves>;
  },
): TrialWatchdogs {
  const controller = new AbortController();
  let found: Outcome | undefined;
  let silence: NodeJS.Timeout | undefined;
  let group: number | undefined;
  const end = (failureClass: FailureClass, reason: string, infrastructure = false) => {
    found ??= {
      kind: 'failed',
      failureClass,
      reason,
      stderrTail: [],
      ...(infrastructure ? { infrastructure } : {}),
    };
    controller.abort();
  };
  const { stallSeconds = Infinity, batchSeconds = Infinity } = limits;
  const batchPatience = backToBack ? batchSeconds : Infinity;
  const patience = Math.min(stallSeconds, batchPatience);
  const onSilence = () => {
    if (stallSeconds <= batchPatience)
      end('no-progress', `no progress for ${String(stallSeconds)} s, the stall limit`);
    else end('stuck-batch', `a batch has not ended within ${String(batchSeconds)} s, its limit`);
  };
  const look = async () => {
    const { diskBytes, memory } = await reserves();
    if (diskBytes !== null && diskBytes < limits.diskReserveBytes) {
      const reason = `only ${megabytes(diskBytes)} were left on the disk, less than the reserve of ${megabytes(limits.diskReserveBytes)}`;
      end('disk-full', reason, true);
    }
    if (memory === null || memory.bytes >= limits.memoryReserveBytes) return;
    const own = group === undefined ? 0 : await residentBytes(group);
    const reason = `only ${megabytes(memory.bytes)} of memory were left; the job held ${megabytes(own)}`;
    // Who holds half of it is the cause; a smaller job is a victim.
    if (own > memory.ofBytes / 2) end('driver-out-of-memory', reason);
    else end('memory-short', reason, true);
  };
  const timer = setInterval(() => {
    void look();
  }, lookEveryMs);
  return {
    signal: controller.signal,
    onLine: (line) => {
      clearTimeout(silence);
      if (controller.signal.aborted) return;
      if (patience < Infinity) silence = setTimeout(onSilence, 1_000 * patience);
      const ms = Number(/"triggerExecution":(\d+)/.exec(line)?.[1] ?? 0);
      if (ms > 1_000 * batchSeconds) {
        const took = (ms / 1_000).toFixed(1);
        end(
          'stuck-batch',
          `a batch took ${took} s, more than its limit of ${String(batchSeconds)} s`,
        );
      }
    },
    onProcess: (pid) => {
      group = pid;
    },
    outcome: () => found,
    [Symbol.dispose]: () => {
      clearInterval(timer);
      clearTimeout(silence);
    },
  };
}

async function residentBytes(group: number): Promise<number> {
  const members = (await readAllProcStats()).filter((one) => one.group === group);
  return members.reduce((sum, { residentBytes: bytes }) => sum + bytes, 0);
}

function megabytes(bytes: number): string {
  return `${String(Math.round(bytes / 1e6))} MB`;
}
