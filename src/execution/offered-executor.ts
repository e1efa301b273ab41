import type { KafkaConnection } from '../kafka/client.js';
import type { produce } from '../kafka/producer.js';
import { requireRights } from '../kafka/rights/require-rights.js';
import { deleteTopics, recreateTopic } from '../kafka/topics.js';
import type { Executor, TrialEvidence } from '../model/trial/executor.js';
import type { DataSpec } from '../model/experiment.js';
import type { Host } from '../model/host.js';
import type { TrialInput } from '../model/trial/job.js';
import type { Trial } from '../model/trial/plan.js';
import { offerLoad } from './offer-load.js';
import { processPerTrial, runAlone } from './process-per-trial.js';
import { partitionsOf } from './topic-inputs.js';

interface OfferedOptions {
  readonly inner: Executor;
  readonly inputOf: (trial: Trial) => TrialInput;
  readonly connection: () => KafkaConnection;
  readonly data: DataSpec;
  readonly ratePerSecond: number;
  readonly host: Host;
  /** For tests; Kafka's producer by default. */
  readonly produceTo?: typeof produce;
}

/**
 * Runs each trial against a producer at a fixed rate, from the start of its query to its end. Open loop: the rate does
 * not slow down with the query. If the producer fails, the trial ends and reports why.
 */
export function createOfferedExecutor(options: OfferedOptions): Executor {
  const { inner, inputOf, host } = options;
  return processPerTrial(async (trial, context, onEvent) => {
    const { topic: name } = inputOf(trial);
    const topic = { name, partitions: partitionsOf(trial.configuration) };
    const connection = options.connection();
    await recreateTopic(connection, topic);
    await requireRights(connection, name, ['Read', 'Write']);
    const load = offerLoad({ ...options, ...connection, topic });
    try {
      const evidence = await runAlone(inner, trial, {
        context: { ...context, signal: AbortSignal.any([context.signal, load.failed]) },
        onEvent: (event) => {
          if (event.kind === 'started') load.begin();
          onEvent(event);
        },
      });
      const { offered, problem } = await load.end();
      const spoilt = problem !== undefined && !context.signal.aborted;
      return { ...evidence, offered, ...(spoilt ? endedBy(problem, evidence) : {}) };
    } finally {
      await load.end();
      if (!host.signal.aborted) await deleteTopics(connection, (one) => one === name);
    }
  });
}

/** The job was stopped because its producer failed: that is reported, not how the job ended. */
function endedBy(
  text: string,
  { end, problems }: TrialEvidence,
): Pick<TrialEvidence, 'end' | 'problems'> {
  return {
    end: end.kind === 'canceled' ? { kind: 'ended' } : end,
    problems: [{ kind: 'producer-failed', text }, ...problems],
  };
}
