import type { KafkaConnection } from '../kafka/client.js';
import { deleteTopics } from '../kafka/topics.js';
import type { Experiment } from '../model/experiment.js';
import { messageOf, type HarnessError } from '../model/harness-error.js';
import type { Host } from '../model/host.js';
import type { KafkaEndpoint } from '../model/kafka-endpoint.js';
import type { Plan } from '../model/trial/plan.js';
import type { Toolchain } from '../model/toolchain.js';
import { openBroker, type OpenBroker } from './open-broker.js';
import { topicPrefix } from './topic-inputs.js';

/** A broker that responds. */
export interface ReadyBroker {
  readonly endpoint: KafkaEndpoint;
  /** Aborted when an embedded broker has ended. */
  readonly gone: AbortSignal;
  readonly whyGone: () => Promise<HarnessError | undefined>;
}

/** What a run needs from Kafka. */
interface KafkaNeeds {
  readonly experiment: Experiment;
  readonly plan: Plan;
  readonly runId: string;
  /** Identifier of the dataset. */
  readonly dataset: string;
  /** The run's folder; the embedded broker uses `work` below it, which is removed at the end. */
  readonly folder: string;
}

export interface HoldBrokerOptions {
  readonly run: KafkaNeeds;
  readonly toolchain: Toolchain;
  readonly host: Host;
  /** `rest` is asked while it lasts: how far it is. */
  readonly step: (text: string, rest?: () => string) => void;
  /** Called with the process group of an embedded broker. */
  readonly onBroker: (pid: number) => Promise<void>;
  /** The folder of an embedded broker. */
  readonly work: string;
}

/** Manages the broker of a run: starts it, restarts it if it has ended, and leaves an external one as it was. */
export function holdBroker({ run, toolchain, host, step, onBroker, work }: HoldBrokerOptions) {
  const { kafka: external } = run.experiment;
  let open: { readonly broker: OpenBroker; readonly ready: ReadyBroker } | undefined;
  return {
    start: async (): Promise<ReadyBroker> => {
      const broker = await openBroker({ endpoint: external, toolchain, folder: work, host });
      const gone = new AbortController();
      void broker.ended.then(() => {
        gone.abort();
      });
      const ready = { endpoint: broker.endpoint, gone: gone.signal, whyGone: broker.whyEnded };
      open = { broker, ready };
      if (broker.pid !== undefined) await onBroker(broker.pid);
      return ready;
    },
    /** Undefined once it has ended. */
    current: () => (open === undefined || open.ready.gone.aborted ? undefined : open.ready),
    endpoint: (): KafkaEndpoint => {
      if (open === undefined) throw new Error('the broker of the run has not been started');
      return open.ready.endpoint;
    },
    /** For clients in this process. */
    connection: (): KafkaConnection => {
      if (open === undefined) throw new Error('the broker of the run has not been started');
      return { endpoint: open.broker.login, signal: host.signal };
    },
    whyGone: async () => await open?.broker.whyEnded(),
    close: async () => {
      if (open === undefined) return;
      if (external !== undefined) await removeOwnTopics(open.broker.login, run.runId, step);
      await open.broker[Symbol.asyncDispose]();
    },
  };
}

/** Time limit for deleting the topics: the broker responded recently, and the run may be stopping. */
const removeWithinMs = 10_000;

/** Deletes the run's own topics from an external cluster. A failure is reported, but does not fail the run. */
async function removeOwnTopics(
  endpoint: KafkaEndpoint,
  runId: string,
  step: (text: string) => void,
): Promise<void> {
  const connection = { endpoint, signal: AbortSignal.timeout(removeWithinMs) };
  const prefix = topicPrefix(runId);
  try {
    await deleteTopics(connection, (name) => name.startsWith(prefix));
  } catch (error) {
    step(`The topics ${prefix}* could not be deleted: ${messageOf(error)}`);
  }
}
