import type { Configuration } from '../model/configuration.js';
import { knobsOfScope } from '../model/knob.js';
import type { Plan, Trial } from '../model/trial/plan.js';

/** A topic to load before the first trial. */
export interface TopicInput {
  readonly topic: string;
  readonly partitions: number;
}

/** Kafka's own default for `num.partitions`. */
const defaultPartitions = 1;

/** The name prefix of every topic that a run creates for itself; unique to the run. */
export function topicPrefix(runId: string): string {
  return `streamtune-${runId}-`;
}

/**
 * The topic that each configuration reads, by configuration id: one for each partition count, named after the run and
 * its dataset. A `topic.name` from the experiment is used as is, unless the run needs it with several partition counts.
 */
export function topicInputs(
  plan: Plan,
  { runId, dataset }: { readonly runId: string; readonly dataset: string },
): Map<string, TopicInput> {
  const partitionCounts = new Set(plan.configurations.map(partitionsOf));
  return new Map(
    plan.configurations.map((configuration) => {
      const partitions = partitionsOf(configuration);
      const name = knobsOfScope(configuration.knobs, 'topic').get('name');
      const suffix = `p${String(partitions)}`;
      const topic =
        name === undefined
          ? `${topicPrefix(runId)}${dataset}-${suffix}`
          : `${name}${partitionCounts.size > 1 ? `-${suffix}` : ''}`;
      return [configuration.id, { topic, partitions }] as const;
    }),
  );
}

/** Partitions of the topic that a configuration reads. */
export function partitionsOf({ knobs }: Pick<Configuration, 'knobs'>): number {
  return Number(knobsOfScope(knobs, 'topic').get('partitions') ?? defaultPartitions);
}

/** The topic that belongs to one trial, for its output or for its offered load. */
export function ownTopic(runId: string, { id }: Trial, use: 'offered' | 'counts'): string {
  return `${topicPrefix(runId)}${id}-${use}`;
}
