import { HarnessError } from '../model/harness-error.js';
import type { Experiment } from '../model/experiment.js';
import type { Outcome } from '../model/outcome.js';
import type { TrialExecutor, TrialResult } from '../model/trial-executor.js';
import { freeDisk } from '../process/machine-reserves.js';
import type { ReadyBroker, RunInput } from './run-input.js';

interface GuardOptions {
  readonly experiment: Experiment;
  readonly input: RunInput;
  /** An executor that talks to this broker. */
  readonly on: (bootstrapServers: string) => TrialExecutor;
}

/**
 * Runs each trial only where it can run: with enough room on the disk, and a broker that answers. A broker that goes
 * while a trial runs ends that trial, and is there again for the next one. Throws DISK_FULL, and what the broker's
 * start throws: then no further trial can run.
 */
export function createGuardedExecutor({ experiment, input, on }: GuardOptions): TrialExecutor {
  return {
    run: async (trial, context) => {
      await checkRoom(context.directory, experiment);
      const broker = await input.ready();
      const signal = AbortSignal.any([context.signal, broker.gone]);
      const startedAt = performance.now();
      let result: TrialResult;
      try {
        result = await on(broker.bootstrapServers).run(trial, { ...context, signal });
        if (!signal.aborted) await input.clearOutput(trial);
      } catch (error) {
        if (!broker.gone.aborted || context.signal.aborted) throw error;
        result = endedWithBroker(performance.now() - startedAt);
      }
      const lost = result.outcome.kind === 'canceled' && !context.signal.aborted;
      return lost ? { ...result, outcome: await brokerGone(broker) } : result;
    },
  };
}

async function checkRoom(folder: string, { measurement }: Experiment): Promise<void> {
  const free = await freeDisk(folder);
  if (free === null || free >= measurement.diskReserveBytes) return;
  const megabytes = (bytes: number) => `${String(Math.round(bytes / 1e6))} MB`;
  throw new HarnessError({
    code: 'DISK_FULL',
    message: `Only ${megabytes(free)} are left on the disk of ${folder}, less than the reserve of ${megabytes(measurement.diskReserveBytes)}.`,
    hint: 'Free some space, then go on with `streamtune resume DIR`; finished trials are kept. `measurement.diskReserve` sets the reserve.',
  });
}

function endedWithBroker(wallMs: number): TrialResult {
  return { outcome: { kind: 'canceled' }, wallMs, effectiveConf: null, canaryLines: [] };
}

async function brokerGone({ whyGone }: ReadyBroker): Promise<Outcome> {
  const [reason = ''] = ((await whyGone())?.message ?? 'the broker is gone').split('\n');
  return {
    kind: 'failed',
    failureClass: 'broker-gone',
    reason: reason.replace(/ The end of its log:$/, ''),
    stderrTail: [],
    infrastructure: true,
  };
}
