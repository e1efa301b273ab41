import type { Executor, LaunchContext, TrialEvidence } from '../model/trial/executor.js';
import { HarnessError } from '../model/harness-error.js';
import type { KafkaEndpoint } from '../model/kafka-endpoint.js';
import { freeDisk } from '../machine/machine-reserves.js';
import type { ReadyBroker } from './hold-broker.js';
import type { KafkaInput } from './kafka-input.js';
import { processPerTrial, runAlone } from './process-per-trial.js';

interface GuardOptions {
  readonly diskReserveBytes: number;
  /** Whether a trial's output on Kafka is written to its folder. */
  readonly keepsOutput: boolean;
  readonly input: Pick<KafkaInput, 'ready' | 'checkRecords' | 'makeOutput' | 'clearOutput'>;
  /** Creates an executor for the given cluster. */
  readonly executorOn: (endpoint: KafkaEndpoint) => Executor;
}

/**
 * Wraps an executor: a trial runs only with enough free disk space and a broker that responds. If the broker goes down
 * during a trial, that trial ends, and the broker is restarted for the next one. Throws DISK_FULL, and whatever
 * starting the broker throws: then no further trial can run.
 */
export function createGuardedExecutor(options: GuardOptions): Executor {
  const { diskReserveBytes, keepsOutput, input, executorOn } = options;
  return processPerTrial(async (trial, context, onEvent) => {
    await checkRoom(context.directoryOf(trial), diskReserveBytes);
    const broker = await input.ready();
    const startedAt = performance.now();
    let evidence: TrialEvidence;
    try {
      await input.checkRecords();
      await input.makeOutput(trial);
      const guarded = { ...context, signal: AbortSignal.any([context.signal, broker.gone]) };
      const executor = executorOn(broker.endpoint);
      evidence = await runAlone(executor, trial, { context: guarded, onEvent });
      if (!guarded.signal.aborted) {
        await input.clearOutput(trial, keepsOutput ? context.directoryOf(trial) : undefined);
      }
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
