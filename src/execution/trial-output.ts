import { join } from 'node:path';
import type { KafkaConnection } from '../kafka/client.js';
import { requireOwnGroups, requireRights } from '../kafka/rights/require-rights.js';
import { saveRecords } from '../kafka/save-records.js';
import { createTopic, deleteTopics, listTopics, recreateTopic } from '../kafka/topics.js';
import type { Experiment } from '../model/experiment.js';
import { isSet } from '../model/knob.js';
import type { Plan, Trial } from '../model/trial/plan.js';
import { ownTopic, partitionsOf } from './topic-inputs.js';

/** A run whose trials may write to Kafka. */
interface Writing {
  readonly runId: string;
  readonly plan: Plan;
  readonly experiment: Pick<Experiment, 'job'>;
}

/** Throws BROKER_REFUSED if the user of a run may not write to the topics of its trials, as far as that can be known now. */
export async function checkOutputs(
  connection: KafkaConnection,
  { runId, plan, experiment }: Writing,
): Promise<void> {
  const trials = plan.configurations
    .map((configuration) => ({ id: configuration.id, block: 1, configuration }))
    .filter(writesToKafka);
  const named = trials.map((trial) => namedOutput(trial));
  // Those of the run have names that begin alike, and so the same rights: one stands for all.
  const [own] = trials.filter((_, index) => named[index] === undefined);
  const topics = new Set([
    ...named.filter((name) => name !== undefined),
    ...(own === undefined ? [] : [ownTopic(runId, own, 'counts')]),
  ]);
  for (const topic of topics) await requireRights(connection, topic, ['Write']);
  if (own !== undefined && experiment.job.keep === 'output') await requireOwnGroups(connection);
}

/** Creates the topic that a trial writes to: an empty one of its own, or the one it names if that is missing. */
export async function makeOutput(
  connection: KafkaConnection,
  runId: string,
  trial: Trial,
): Promise<void> {
  if (!writesToKafka(trial)) return;
  const partitions = partitionsOf(trial.configuration);
  const name = namedOutput(trial);
  if (name === undefined) {
    await recreateTopic(connection, { name: ownTopic(runId, trial, 'counts'), partitions });
    return;
  }
  if ((await listTopics(connection)).includes(name)) return;
  await createTopic(connection, { name, partitions });
  await requireRights(connection, name, ['Write']);
}

/**
 * Deletes a trial's own output topic, after its records were written to `keepIn`/output/records.ndjson, if that is given;
 * a topic that it names stays.
 */
export async function clearOutput(
  connection: KafkaConnection,
  runId: string,
  { trial, keepIn }: { readonly trial: Trial; readonly keepIn: string | undefined },
): Promise<void> {
  if (!writesToKafka(trial) || namedOutput(trial) !== undefined) return;
  const own = ownTopic(runId, trial, 'counts');
  if (keepIn !== undefined) {
    await saveRecords(connection, own, join(keepIn, 'output', 'records.ndjson'));
  }
  await deleteTopics(connection, (name) => name === own);
}

function namedOutput({ configuration: { knobs } }: Trial): string | undefined {
  return isSet(knobs, 'job.outputTopic') ? String(knobs['job.outputTopic']) : undefined;
}

function writesToKafka({ configuration: { knobs } }: Trial): boolean {
  return knobs['job.sink'] === 'kafka';
}
