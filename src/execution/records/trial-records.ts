import { join } from 'node:path';
import { existsSync } from 'node:fs';
import { runGenerator } from '../../dataset/run-generator.js';
import type { KafkaConnection } from '../../kafka/client.js';
import type { DataSpec, TopicData } from '../../model/experiment.js';
import type { TrialInput } from '../../model/trial/job.js';
import type { Trial } from '../../model/trial/plan.js';
import {
  checkFixed,
  fixedRecords,
  fixTopic,
  startingOffsetsOf,
  type FixedTopic,
} from './existing-topic.js';
import type { HoldBrokerOptions } from '../hold-broker.js';
import { loadTopics } from '../load-topic.js';
import { topicInputs } from '../topic-inputs.js';

/** The records that the trials of a run read. */
export interface TrialRecords {
  /** Sees to it that they are there; again after the broker was restarted. */
  readonly make: (connection: KafkaConnection) => Promise<void>;
  /** Throws if they are not there any more. */
  readonly check: (connection: KafkaConnection) => Promise<void>;
  readonly of: (trial: Trial) => Pick<TrialInput, 'topic' | 'records' | 'startingOffsets'>;
}

type RecordsOptions = Pick<HoldBrokerOptions, 'run' | 'host' | 'step'>;

export function trialRecords(options: RecordsOptions, data: DataSpec): TrialRecords {
  return data.kind === 'topic' ? existingRecords(options, data) : loadedRecords(options, data);
}

/** Those of a topic that is there already. */
function existingRecords({ run, step }: RecordsOptions, data: TopicData): TrialRecords {
  let fixed: FixedTopic | undefined;
  const known = () => {
    if (fixed === undefined) throw new Error('nobody has looked at the topic yet');
    return fixed;
  };
  return {
    make: async (connection) => {
      fixed = await fixTopic(connection, data, run.folder);
      const records = fixedRecords(fixed).toLocaleString('en');
      step(`Every trial reads the same ${records} records of the topic ${data.topic}`);
    },
    check: (connection) => checkFixed(connection, known()),
    of: () => ({
      topic: data.topic,
      records: fixedRecords(known()),
      startingOffsets: startingOffsetsOf(known()),
    }),
  };
}

/** Those of topics that are filled for the run. */
function loadedRecords(options: RecordsOptions, data: DataSpec): TrialRecords {
  const inputs = topicInputs(options.run.plan, options.run);
  let records: ReadonlyMap<string, number> = new Map();
  return {
    make: async (connection) => {
      records = await loadTopics(inputs.values(), connection, { ...options, data });
    },
    check: () => Promise.resolve(),
    of: (trial) => {
      const topic = inputs.get(trial.configuration.id)?.topic ?? '';
      return { topic, records: records.get(topic) ?? 0 };
    },
  };
}

/** What somebody's program has made for the run; it is not asked again when the run goes on. */
const madeFile = 'records.txt';

/** The data of a run, after somebody's own program has made them. Throws DATA_COMMAND_FAILED. */
export async function madeData({ run, host, step }: RecordsOptions): Promise<DataSpec> {
  const { data } = run.experiment;
  if (data.kind !== 'command') return data;
  const path = join(run.folder, madeFile);
  if (!existsSync(path)) {
    step(`Running ${data.command[0] ?? ''} for ${data.records.toLocaleString('en')} records`);
    await runGenerator(data, path, host);
  }
  const { records, owned } = data;
  return { kind: 'file', path, records, anySchema: true, ...(owned === true ? { owned } : {}) };
}
