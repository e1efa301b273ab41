import { join } from 'node:path';
import type { KafkaConnection } from '../kafka/client.js';
import { saveRecords } from '../kafka/save-records.js';
import { createTopic, deleteTopics, listTopics, recreateTopic } from '../kafka/topics.js';
import { isSet } from '../model/knob.js';
import type { Trial } from '../model/trial/plan.js';
import { ownTopic, partitionsOf } from './topic-inputs.js';

/** Creates the topic that a trial writes to: an empty one of its own, or the one it names if that is missing. */
export async function makeOutput(
  connection: KafkaConnection,
  runId: string,
  trial: Trial,
): Promise<void> {
  const { knobs } = trial.configuration;
  if (!writesToKafka(trial)) return;
  const partitions = partitionsOf(trial.configuration);
  if (!isSet(knobs, 'job.outputTopic')) {
    await recreateTopic(connection, { name: ownTopic(runId, trial, 'counts'), partitions });
    return;
  }
  const name = String(knobs['job.outputTopic']);
  if ((await listTopics(connection)).includes(name)) return;
  await createTopic(connection, { name, partitions });
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
  if (!writesToKafka(trial) || isSet(trial.configuration.knobs, 'job.outputTopic')) return;
  const own = ownTopic(runId, trial, 'counts');
  if (keepIn !== undefined) {
    await saveRecords(connection, own, join(keepIn, 'output', 'records.ndjson'));
  }
  await deleteTopics(connection, (name) => name === own);
}

function writesToKafka({ configuration: { knobs } }: Trial): boolean {
  return knobs['job.sink'] === 'kafka';
}
