import type {
  Executor,
  LaunchContext,
  OpenLaunch,
  TrialEvidence,
} from '../model/trial/executor.js';
import { HarnessError } from '../model/harness-error.js';
import type { KafkaEndpoint } from '../model/kafka-endpoint.js';
import type { Launch, Trial } from '../model/trial/plan.js';
import type { ProgressEvent } from '../model/trial/progress-event.js';
import { freeDisk } from '../machine/machine-reserves.js';
import type { ReadyBroker } from './hold-broker.js';
import type { KafkaInput } from './kafka-input.js';

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
 * during a trial, that trial ends, its inner launch with it, and the broker is restarted for the next one. Throws
 * DISK_FULL, and whatever starting the broker throws: then no further trial can run.
 */
export function createGuardedExecutor(options: GuardOptions): Executor {
  return {
    open: (launch, context) => {
      const inner = openOnBroker(options.executorOn, launch, context);
      return Promise.resolve({
        run: async (trial, onEvent) => {
          await checkRoom(context.directoryOf(trial), options.diskReserveBytes);
          const broker = await options.input.ready();
          const parts = { inner, broker, trial, context, onEvent };
          const evidence = await runOnBroker(options, parts);
          const lost = evidence.end.kind === 'canceled' && !context.signal.aborted;
          return lost ? { ...evidence, end: await brokerGone(broker) } : evidence;
        },
        [Symbol.asyncDispose]: () => inner[Symbol.asyncDispose](),
      });
    },
  };
}

/** The inner launch, which is opened once for each broker that its trials meet. */
function openOnBroker(
  executorOn: GuardOptions['executorOn'],
  launch: Launch,
  context: LaunchContext,
) {
  let opened: { readonly gone: AbortSignal; readonly launch: Promise<OpenLaunch> } | undefined;
  const close = async (last: typeof opened) => {
    const launch = await last?.launch.catch(() => undefined);
    await launch?.[Symbol.asyncDispose]();
  };
  const openAfter = async (last: typeof opened, { endpoint, gone }: ReadyBroker) => {
    await close(last);
    const signal = AbortSignal.any([context.signal, gone]);
    return await executorOn(endpoint).open(launch, { ...context, signal });
  };
  return {
    on: (broker: ReadyBroker): Promise<OpenLaunch> => {
      if (opened?.gone !== broker.gone) {
        opened = { gone: broker.gone, launch: openAfter(opened, broker) };
      }
      return opened.launch;
    },
    [Symbol.asyncDispose]: () => close(opened),
  };
}

async function runOnBroker(
  { input, keepsOutput }: GuardOptions,
  {
    inner,
    broker,
    trial,
    context,
    onEvent,
  }: {
    readonly inner: ReturnType<typeof openOnBroker>;
    readonly broker: ReadyBroker;
    readonly trial: Trial;
    readonly context: LaunchContext;
    readonly onEvent: (event: ProgressEvent) => void;
  },
): Promise<TrialEvidence> {
  const startedAt = performance.now();
  try {
    await input.checkRecords();
    await input.makeOutput(trial);
    const launch = await inner.on(broker);
    const evidence = await launch.run(trial, onEvent);
    if (!context.signal.aborted && !broker.gone.aborted) {
      await input.clearOutput(trial, keepsOutput ? context.directoryOf(trial) : undefined);
    }
    return evidence;
  } catch (error) {
    if (!brokerIsLost(broker, context)) throw error;
    return nothingBut(performance.now() - startedAt);
  }
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
