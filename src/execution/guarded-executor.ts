import type { Executor, LaunchContext, TrialEvidence } from '../model/trial/executor.js';
import { HarnessError } from '../model/harness-error.js';
import type { KafkaEndpoint } from '../model/kafka-endpoint.js';
import { freeDisk } from '../machine/machine-reserves.js';
import type { ReadyBroker } from './hold-broker.js';
import type { KafkaInput } from './kafka-input.js';
import { processPerTrial, runAlone } from './process-per-trial.js';

interface GuardOptions {
  readonly diskReserveBytes: number;
  readonly input: Pick<KafkaInput, 'ready' | 'makeOutput' | 'clearOutput'>;
  /** An executor that talks to this cluster. */
  readonly executorOn: (endpoint: KafkaEndpoint) => Executor;
}

/**
 * Runs each trial only where it can run: with enough room on the disk, and a broker that answers. A broker that goes
 * while a trial runs ends that trial, and is there again for the next one. Throws DISK_FULL, and what the broker's
 * start throws: then no further trial can run.
 */
export function createGuardedExecutor(options: GuardOptions): Executor {
  const { diskReserveBytes, input, executorOn } = options;
  return processPerTrial(async (trial, context, onEvent) => {
    await checkRoom(context.directoryOf(trial), diskReserveBytes);
    const broker = await input.ready();
    const startedAt = performance.now();
    let evidence: TrialEvidence;
    try {
      await input.makeOutput(trial);
      const guarded = { ...context, signal: AbortSignal.any([context.signal, broker.gone]) };
      const executor = executorOn(broker.endpoint);
      evidence = await runAlone(executor, trial, { context: guarded, onEvent });
      if (!guarded.signal.aborted) await input.clearOutput(trial);
    } catch (error) {
      if (!brokerIsLost(broker, context)) throw error;
      evidence = nothingBut(performance.now() - startedAt);
    }
    const lost = evidence.end.kind === 'canceled' && !context.signal.aborted;
    return lost ? { ...evidence, end: await brokerGone(broker) } : evidence;
  });
}

function brokerIsLost(broker: ReadyBroker, context: LaunchContext): boolean {
  return broker.gone.aborted && !context.signal.aborted;
}

async function checkRoom(folder: string, reserveBytes: number): Promise<void> {
  const free = await freeDisk(folder);
  if (free === null || free >= reserveBytes) return;
  const megabytes = (bytes: number) => `${String(Math.round(bytes / 1e6))} MB`;
  throw new HarnessError({
    code: 'DISK_FULL',
    message: `Only ${megabytes(free)} left on the disk of ${folder}, less than the reserve of ${megabytes(reserveBytes)}.`,
    hint: 'Free some space, then continue with `streamtune resume DIR`; finished trials are kept. `measurement.diskReserve` sets the reserve.',
  });
}

function nothingBut(wallMs: number): TrialEvidence {
  return {
    end: { kind: 'canceled' },
    wallMs,
    effectiveConf: null,
    events: [],
    canary: [],
    offered: null,
    problems: [],
  };
}

async function brokerGone({ whyGone }: ReadyBroker): Promise<TrialEvidence['end']> {
  const [text = ''] = ((await whyGone())?.message ?? 'the broker has stopped').split('\n');
  return {
    kind: 'failed',
    failureClass: 'broker-gone',
    cause: { kind: 'message', text: text.replace(/ The end of its log:$/, '') },
    stderrTail: [],
    infrastructure: true,
  };
}
