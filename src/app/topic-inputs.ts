import type { Configuration } from '../model/configuration.js';
import { knobsOfScope } from '../model/knob.js';
import type { Plan, Trial } from '../model/plan.js';

/** One topic that has to be loaded before the first trial. */
export interface TopicInput {
  readonly topic: string;
  readonly partitions: number;
}

/** Kafka's own default for `num.partitions`. */
const defaultPartitions = 1;

/**
 * The topic that each configuration reads, by configuration id: one for each (dataset, partitions).
 * A `topic.name` from the experiment is used as it is, unless the run needs it with several partition
 * counts; a made-up name holds the dataset's identifier, so that a topic found again has the same bytes.
 */
export function topicInputs(plan: Plan, datasetId: string): Map<string, TopicInput> {
  const partitionCounts = new Set(plan.configurations.map(partitionsOf));
  return new Map(
    plan.configurations.map((configuration) => {
      const partitions = partitionsOf(configuration);
      const name = knobsOfScope(configuration.knobs, 'topic').get('name');
      const suffix = `-p${String(partitions)}`;
      const topic =
        name === undefined
          ? `streamtune-${datasetId}${suffix}`
          : `${name}${partitionCounts.size > 1 ? suffix : ''}`;
      return [configuration.id, { topic, partitions }] as const;
    }),
  );
}

function partitionsOf(configuration: Configuration): number {
  const given = knobsOfScope(configuration.knobs, 'topic').get('partitions');
  return given === undefined ? defaultPartitions : Number(given);
}

/** The topic that a trial with the sink kafka writes to by itself; undefined where the experiment names one, or none. */
export function ownOutputTopic({ configuration }: Trial, inputTopic: string): string | undefined {
  const { knobs } = configuration;
  return knobs['job.sink'] === 'kafka' && !('job.outputTopic' in knobs)
    ? `${inputTopic}-counts`
    : undefined;
}
